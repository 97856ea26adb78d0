import { createHash } from 'node:crypto';
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import { Certificate } from '../../../src/core/trust/certificate.js';

/** A small certificate authority, timestamp authority and OCSP responder, created while a test runs. */

const OID = {
  commonName: '2.5.4.3',
  organisation: '2.5.4.10',
  basicConstraints: '2.5.29.19',
  keyUsage: '2.5.29.15',
  extendedKeyUsage: '2.5.29.37',
  signedData: '1.2.840.113549.1.7.2',
  tstInfo: '1.2.840.113549.1.9.16.1.4',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  sha256: '2.16.840.1.101.3.4.2.1',
  basicOcsp: '1.3.6.1.5.5.7.48.1.1',
} as const;

export const EMAIL = '1.3.6.1.5.5.7.3.4';
export const STAMPING = '1.3.6.1.5.5.7.3.8';
export const OCSP = '1.3.6.1.5.5.7.3.9';
export const ANY = '2.5.29.37.0';
export const SERVER = '1.3.6.1.5.5.7.3.1';

export interface Issued {
  der: Buffer;
  certificate: Certificate;
  pki: pkijs.Certificate;
  keys: CryptoKeyPair;
}

type CryptoKeyPair = Awaited<ReturnType<typeof newKeys>>;

export interface Wish {
  name: string;
  /** Default: self-signed. */
  issuer?: Issued;
  ca?: boolean;
  pathLength?: number;
  purposes?: readonly string[];
  from?: string;
  until?: string;
  /** First byte of the key usage bits. */
  keyUsage?: number;
  /** An unknown extension, marked critical. */
  criticalExtension?: string;
  /** Signs with this key instead of the issuer's: a forgery under its name. */
  forgedWith?: Issued;
  keys?: CryptoKeyPair;
  digest?: 'SHA-1';
}

async function newKeys() {
  return crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
}

let serial = 1_000;

export async function issue(wish: Wish): Promise<Issued> {
  const { issuer, ca = false, purposes = [] } = wish;
  const keys = wish.keys ?? (await newKeys());
  const pki = new pkijs.Certificate();
  pki.version = 2;
  pki.serialNumber = new asn1js.Integer({ value: serial++ });
  nameInto(pki.subject, wish.name);
  pki.issuer.typesAndValues = (issuer?.pki ?? pki).subject.typesAndValues;
  pki.notBefore.value = new Date(wish.from ?? '2024-01-01T00:00:00Z');
  pki.notAfter.value = new Date(wish.until ?? '2034-01-01T00:00:00Z');
  await pki.subjectPublicKeyInfo.importKey(keys.publicKey);
  const constraints = new pkijs.BasicConstraints({
    cA: ca,
    ...(wish.pathLength === undefined ? {} : { pathLenConstraint: wish.pathLength }),
  });
  pki.extensions = [extension(OID.basicConstraints, true, constraints.toSchema().toBER())];
  const usage = new Uint8Array([wish.keyUsage ?? (ca ? 0x06 : 0x80)]);
  pki.extensions.push(
    extension(OID.keyUsage, true, new asn1js.BitString({ valueHex: usage.buffer }).toBER()),
  );
  if (purposes.length > 0) {
    const eku = new pkijs.ExtKeyUsage({ keyPurposes: [...purposes] });
    pki.extensions.push(extension(OID.extendedKeyUsage, purposes.includes(STAMPING), eku.toSchema().toBER()));
  }
  if (wish.criticalExtension) {
    pki.extensions.push(extension(wish.criticalExtension, true, new asn1js.Null().toBER()));
  }
  const signer = wish.forgedWith ?? issuer;
  await pki.sign((signer?.keys ?? keys).privateKey, wish.digest ?? 'SHA-256');
  const der = Buffer.from(pki.toSchema(true).toBER());
  const certificate = Certificate.open(der);
  if (!certificate) throw new Error('the test made a certificate that does not open');
  return { der, certificate, pki, keys };
}

function nameInto(name: pkijs.RelativeDistinguishedNames, commonName: string): void {
  const part = (type: string, value: string) =>
    new pkijs.AttributeTypeAndValue({ type, value: new asn1js.Utf8String({ value }) });
  name.typesAndValues = [part(OID.organisation, 'Test Organisation'), part(OID.commonName, commonName)];
}

function extension(extnID: string, critical: boolean, value: ArrayBuffer): pkijs.Extension {
  return new pkijs.Extension({ extnID, critical, extnValue: value });
}

export const pem = (...issued: Issued[]): string =>
  issued
    .map((i) => {
      const lines = i.der.toString('base64').match(/.{1,64}/g) ?? [];
      return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
    })
    .join('');

export interface TokenWish {
  authority: Issued;
  along?: readonly Issued[];
  covered: Buffer;
  at: string;
  /** Names another certificate as the signer in the signed attributes. */
  namedCertificate?: Issued;
  /** C2PA 1.x form: a status before the token. */
  asResponse?: boolean;
  /** Changes bytes of the signed content after signing. */
  tamper?: boolean;
}

/** Returns an RFC 3161 token over the covered bytes. */
export async function timestampToken(wish: TokenWish): Promise<Buffer> {
  const { authority, along = [] } = wish;
  const info = new pkijs.TSTInfo({
    version: 1,
    policy: '1.2.3.4',
    messageImprint: new pkijs.MessageImprint({
      hashAlgorithm: new pkijs.AlgorithmIdentifier({ algorithmId: OID.sha256 }),
      hashedMessage: new asn1js.OctetString({ valueHex: sha256(wish.covered) }),
    }),
    serialNumber: new asn1js.Integer({ value: 7 }),
    genTime: new Date(wish.at),
  });
  const content = Buffer.from(info.toSchema().toBER());
  const named = new asn1js.Sequence({
    value: [
      new asn1js.Sequence({
        value: [
          new asn1js.Sequence({
            value: [new asn1js.OctetString({ valueHex: sha256((wish.namedCertificate ?? authority).der) })],
          }),
        ],
      }),
    ],
  });
  const signed = new pkijs.SignedData({
    version: 3,
    encapContentInfo: new pkijs.EncapsulatedContentInfo({
      eContentType: OID.tstInfo,
      eContent: new asn1js.OctetString({ valueHex: arrayBuffer(content) }),
    }),
    signerInfos: [
      new pkijs.SignerInfo({
        version: 1,
        sid: new pkijs.IssuerAndSerialNumber({
          issuer: authority.pki.issuer,
          serialNumber: authority.pki.serialNumber,
        }),
        signedAttrs: new pkijs.SignedAndUnsignedAttributes({
          type: 0,
          attributes: [
            new pkijs.Attribute({
              type: OID.contentType,
              values: [new asn1js.ObjectIdentifier({ value: OID.tstInfo })],
            }),
            new pkijs.Attribute({
              type: OID.messageDigest,
              values: [new asn1js.OctetString({ valueHex: sha256(content) })],
            }),
            new pkijs.Attribute({ type: OID.signingCertificateV2, values: [named] }),
          ],
        }),
      }),
    ],
    certificates: [authority, ...along].map((i) => i.pki),
  });
  await signed.sign(authority.keys.privateKey, 0, 'SHA-256');
  if (wish.tamper) {
    const changed = Buffer.from(content);
    changed.writeUInt8(changed.readUInt8(changed.length - 2) ^ 1, changed.length - 2);
    signed.encapContentInfo.eContent = new asn1js.OctetString({ valueHex: arrayBuffer(changed) });
  }
  const token = new pkijs.ContentInfo({
    contentType: OID.signedData,
    content: signed.toSchema(true),
  }).toSchema();
  if (!wish.asResponse) return Buffer.from(token.toBER());
  const status = new asn1js.Sequence({ value: [new asn1js.Integer({ value: 0 })] });
  return Buffer.from(new asn1js.Sequence({ value: [status, token] }).toBER());
}

export interface OcspWish {
  subject: Issued;
  issuer: Issued;
  responder: Issued;
  status: 'good' | 'revoked';
  thisUpdate: string;
  nextUpdate?: string;
  revokedAt?: string;
}

/** Returns an RFC 6960 answer; it includes the responder's certificate unless the issuer responds itself. */
export async function ocspAnswer(wish: OcspWish): Promise<Buffer> {
  const { subject, issuer, responder } = wish;
  const certID = new pkijs.CertID();
  await certID.createForCertificate(subject.pki, { hashAlgorithm: 'SHA-1', issuerCertificate: issuer.pki });
  const context = (tagNumber: number) => ({ idBlock: { tagClass: 3, tagNumber } });
  const certStatus =
    wish.status === 'good'
      ? new asn1js.Primitive({ ...context(0), lenBlock: { length: 1 } })
      : new asn1js.Constructed({
          ...context(1),
          value: [new asn1js.GeneralizedTime({ valueDate: new Date(wish.revokedAt ?? wish.thisUpdate) })],
        });
  const basic = new pkijs.BasicOCSPResponse();
  basic.tbsResponseData.responderID = responder.pki.subject;
  basic.tbsResponseData.producedAt = new Date(wish.thisUpdate);
  basic.tbsResponseData.responses = [
    new pkijs.SingleResponse({
      certID,
      certStatus,
      thisUpdate: new Date(wish.thisUpdate),
      ...(wish.nextUpdate ? { nextUpdate: new Date(wish.nextUpdate) } : {}),
    }),
  ];
  if (responder !== issuer) basic.certs = [responder.pki];
  await basic.sign(responder.keys.privateKey, 'SHA-256');
  const response = new pkijs.OCSPResponse({
    responseStatus: new asn1js.Enumerated({ value: 0 }),
    responseBytes: new pkijs.ResponseBytes({
      responseType: OID.basicOcsp,
      response: new asn1js.OctetString({ valueHex: basic.toSchema().toBER() }),
    }),
  });
  return Buffer.from(response.toSchema().toBER());
}

function sha256(bytes: Buffer): ArrayBuffer {
  return arrayBuffer(createHash('sha256').update(bytes).digest());
}

function arrayBuffer(bytes: Buffer): ArrayBuffer {
  const copy = new ArrayBuffer(bytes.length);
  new Uint8Array(copy).set(bytes);
  return copy;
}
