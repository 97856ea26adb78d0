# Debian 13; the native C2PA engine needs GLIBC 2.34 and GLIBCXX 3.4.29 or later.
FROM node:22-trixie-slim AS build
# The compiler stays in this stage; the steps are those of .ci/run.
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json ./
COPY bin ./bin
COPY scripts ./scripts
COPY src ./src
COPY openapi.yaml README.md LICENSE ./
RUN npm run build \
 && npm prune --omit=dev \
 && rm -rf src scripts tsconfig.json

FROM node:22-trixie-slim
# ffmpeg for the pixels of HEIC and JPEG XL, and with fpcalc (libchromaprint-tools) for what videos and sounds are compared by, tesseract for words in corners of pictures, xz, bzip2, zstd and 7zip for files inside of such archives, util-linux for prlimit, which bounds the memory of reading processes, and
# bubblewrap for their sandbox, where the container may make user namespaces. tini is process 1: it waits for what killed
# sandboxes leave behind. In the image and not as `init: true`, so that `docker run`, compose and Kubernetes all have it.
RUN apt-get update \
 && apt-get install -y --no-install-recommends 7zip bubblewrap bzip2 ffmpeg libchromaprint-tools tesseract-ocr tesseract-ocr-chi-sim tini util-linux xz-utils zstd \
 && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin assay \
 && install -d -m 0700 -o assay -g assay /data
WORKDIR /app
COPY --from=build --chown=root:root /app ./
ENV NODE_ENV=production \
    ASSAY_HOST=0.0.0.0 \
    ASSAY_PORT=8080 \
    ASSAY_DATA_DIR=/data
USER assay
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8080/v1/health/live').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["/usr/bin/tini", "--", "node", "bin/assay.js"]
CMD ["serve"]
