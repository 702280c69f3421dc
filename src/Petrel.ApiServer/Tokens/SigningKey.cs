using System.Buffers.Text;
using System.Security.Cryptography;
using Petrel.ApiServer.Pki;

namespace Petrel.ApiServer.Tokens;

/// <summary>The key pair that signs service account tokens: RSA for RS256, or ECDSA P-256 for ES256 (RFC 7518).</summary>
internal sealed class SigningKey : IDisposable
{
    // The platform's keys may be used by one thread at a time.
    private readonly Lock _gate = new();
    private readonly Lazy<KeyPair> _pair;

    private SigningKey(Lazy<KeyPair> pair) => _pair = pair;

    /// <summary>The JOSE name of the algorithm.</summary>
    public string Algorithm => _pair.Value.Rsa is null ? "ES256" : "RS256";

    /// <summary>Names the key in token headers (kid). As upstream names keys, so that keys taken over from another control plane keep their names.</summary>
    public string Id => _pair.Value.Id;

    /// <summary>DER of the public half (SubjectPublicKeyInfo).</summary>
    public byte[] PublicKey => _pair.Value.PublicKey;

    /// <exception cref="PkiException">The text is no private key of a kind that can sign tokens.</exception>
    public static SigningKey FromPem(string pem) => new(new Lazy<KeyPair>(KeyPair.Parse(pem)));

    /// <summary>A key that may still be in the making: who needs it first waits for it.</summary>
    /// <exception cref="PkiException">The text is there, and no private key of a kind that can sign tokens.</exception>
    public static SigningKey FromPem(Lazy<string> pem) => pem.IsValueCreated ? FromPem(pem.Value) : new(new Lazy<KeyPair>(() => KeyPair.Parse(pem.Value)));

    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        var hash = SHA256.HashData(data);
        lock (_gate)
        {
            return _pair.Value.Rsa?.SignHash(hash, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) ?? _pair.Value.Ecdsa!.SignHash(hash);
        }
    }

    public bool Verify(ReadOnlySpan<byte> data, byte[] signature)
    {
        var hash = SHA256.HashData(data);
        lock (_gate)
        {
            return _pair.Value.Rsa?.VerifyHash(hash, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) ?? _pair.Value.Ecdsa!.VerifyHash(hash, signature);
        }
    }

    /// <summary>The public half as a JSON Web Key (RFC 7517).</summary>
    public IReadOnlyList<(string Name, string Value)> ToJsonWebKey()
    {
        if (_pair.Value.Rsa is { } rsa)
        {
            var numbers = rsa.ExportParameters(includePrivateParameters: false);
            return
            [
                ("use", "sig"), ("kty", "RSA"), ("kid", Id), ("alg", Algorithm),
                ("n", Base64Url.EncodeToString(numbers.Modulus)), ("e", Base64Url.EncodeToString(numbers.Exponent)),
            ];
        }

        var point = _pair.Value.Ecdsa!.ExportParameters(includePrivateParameters: false).Q;
        return
        [
            ("use", "sig"), ("kty", "EC"), ("kid", Id), ("crv", "P-256"), ("alg", Algorithm),
            ("x", Base64Url.EncodeToString(point.X)), ("y", Base64Url.EncodeToString(point.Y)),
        ];
    }

    public void Dispose()
    {
        if (_pair.IsValueCreated)
        {
            _pair.Value.Rsa?.Dispose();
            _pair.Value.Ecdsa?.Dispose();
        }
    }

    /// <summary>One of the two is there.</summary>
    private sealed record KeyPair(RSA? Rsa, ECDsa? Ecdsa, byte[] PublicKey)
    {
        public string Id { get; } = Base64Url.EncodeToString(SHA256.HashData(PublicKey));

        /// <exception cref="PkiException">The text is no private key of a kind that can sign tokens.</exception>
        public static KeyPair Parse(string pem)
        {
            var rsa = RSA.Create();
            try
            {
                rsa.ImportFromPem(pem);
                return new KeyPair(rsa, null, rsa.ExportSubjectPublicKeyInfo());
            }
            catch (Exception exception) when (exception is CryptographicException or ArgumentException)
            {
                rsa.Dispose();
            }

            var ecdsa = ECDsa.Create();
            try
            {
                ecdsa.ImportFromPem(pem);
                if (ecdsa.KeySize == 256)
                {
                    return new KeyPair(null, ecdsa, ecdsa.ExportSubjectPublicKeyInfo());
                }
            }
            catch (Exception exception) when (exception is CryptographicException or ArgumentException)
            {
                ecdsa.Dispose();
                throw new PkiException("the key for service account tokens is no RSA or ECDSA private key in PEM form: " + exception.Message, exception);
            }

            ecdsa.Dispose();
            throw new PkiException("the key for service account tokens is an ECDSA key of another curve than P-256");
        }
    }
}
