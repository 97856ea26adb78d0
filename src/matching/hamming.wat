;; Distances of fingerprints of 256 bits: how many of them differ. One entry is held against four queries at a time, and only
;; where one of the four is near enough anything is written. Assembled by scripts/hamming-kernel.js.
(module
  (import "shelf" "memory" (memory 1))
  ;; Entries from $at on, $count of them, 32 bytes each; queries from $query on, $queries of them, a multiple of four.
  ;; For each entry with a query within $most bits: its number, the number of the first of the four queries, and their four
  ;; distances, 32 bytes in all with 8 left free, from $out on, for $room entries at most. Gives how many there were.
  (func (export "nearest")
    (param $at i32) (param $count i32) (param $query i32) (param $queries i32) (param $most i32) (param $out i32) (param $room i32)
    (result i32)
    (local $low v128) (local $high v128) (local $a v128) (local $b v128) (local $c v128) (local $d v128) (local $bound v128)
    (local $entry i32) (local $near i32) (local $end i32) (local $found i32)
    (local.set $end (i32.add (local.get $query) (i32.shl (local.get $queries) (i32.const 5))))
    (local.set $bound (i32x4.splat (local.get $most)))
    (block $done
      (loop $entries
        (br_if $done (i32.ge_u (local.get $entry) (local.get $count)))
        (local.set $low (v128.load (local.get $at)))
        (local.set $high (v128.load offset=16 (local.get $at)))
        (local.set $near (local.get $query))
        (loop $fours
          (local.set $a (i16x8.extadd_pairwise_i8x16_u (i8x16.add
            (i8x16.popcnt (v128.xor (local.get $low) (v128.load (local.get $near))))
            (i8x16.popcnt (v128.xor (local.get $high) (v128.load offset=16 (local.get $near)))))))
          (local.set $b (i16x8.extadd_pairwise_i8x16_u (i8x16.add
            (i8x16.popcnt (v128.xor (local.get $low) (v128.load offset=32 (local.get $near))))
            (i8x16.popcnt (v128.xor (local.get $high) (v128.load offset=48 (local.get $near)))))))
          (local.set $c (i16x8.extadd_pairwise_i8x16_u (i8x16.add
            (i8x16.popcnt (v128.xor (local.get $low) (v128.load offset=64 (local.get $near))))
            (i8x16.popcnt (v128.xor (local.get $high) (v128.load offset=80 (local.get $near)))))))
          (local.set $d (i16x8.extadd_pairwise_i8x16_u (i8x16.add
            (i8x16.popcnt (v128.xor (local.get $low) (v128.load offset=96 (local.get $near))))
            (i8x16.popcnt (v128.xor (local.get $high) (v128.load offset=112 (local.get $near)))))))
          ;; Each step halves how many numbers a query still has: 8, 4, 2, 1. None passes its width: 32, 64, 128, 256.
          (local.set $a (i16x8.extadd_pairwise_i8x16_u (i8x16.narrow_i16x8_u (local.get $a) (local.get $b))))
          (local.set $c (i16x8.extadd_pairwise_i8x16_u (i8x16.narrow_i16x8_u (local.get $c) (local.get $d))))
          (local.set $a (i32x4.extadd_pairwise_i16x8_u
            (i16x8.extadd_pairwise_i8x16_u (i8x16.narrow_i16x8_u (local.get $a) (local.get $c)))))
          (if (v128.any_true (i32x4.le_u (local.get $a) (local.get $bound))) (then
            (if (i32.lt_u (local.get $found) (local.get $room)) (then
              (i32.store (local.get $out) (local.get $entry))
              (i32.store offset=4 (local.get $out)
                (i32.shr_u (i32.sub (local.get $near) (local.get $query)) (i32.const 5)))
              (v128.store offset=16 (local.get $out) (local.get $a))
              (local.set $out (i32.add (local.get $out) (i32.const 32)))))
            (local.set $found (i32.add (local.get $found) (i32.const 1)))))
          (local.set $near (i32.add (local.get $near) (i32.const 128)))
          (br_if $fours (i32.lt_u (local.get $near) (local.get $end))))
        (local.set $at (i32.add (local.get $at) (i32.const 32)))
        (local.set $entry (i32.add (local.get $entry) (i32.const 1)))
        (br $entries)))
    (local.get $found)))
