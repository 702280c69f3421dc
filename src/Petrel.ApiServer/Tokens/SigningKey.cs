using System.Buffers.Text;
using System.Security.Cryptography;
using Petrel.ApiServer.Pki;

namespace Petrel.ApiServer.Tokens;

/// <summary>The key pair that signs service account tokens: RSA for RS256, or ECDSA P-256 for ES256 (RFC 7518).</summary>
internal sealed class SigningKey : IDisposable
{
    // The platform's keys may be used by one thread at a time.
    private readonly Lock _gate = new();
    private readonly RSA? _rsa;
    private readonly ECDsa? _ecdsa;

    private SigningKey(RSA? rsa, ECDsa? ecdsa)
    {
        (_rsa, _ecdsa) = (rsa, ecdsa);
        PublicKey = rsa?.ExportSubjectPublicKeyInfo() ?? ecdsa!.ExportSubjectPublicKeyInfo();
        // As upstream names keys, so that keys taken over from another control plane keep their names.
        Id = Base64Url.EncodeToString(SHA256.HashData(PublicKey));
    }

    /// <summary>The JOSE name of the algorithm.</summary>
    public string Algorithm => _rsa is null ? "ES256" : "RS256";

    /// <summary>Names the key in token headers (kid).</summary>
    public string Id { get; }

    /// <summary>DER of the public half (SubjectPublicKeyInfo).</summary>
    public byte[] PublicKey { get; }

    /// <exception cref="PkiException">The text is no private key of a kind that can sign tokens.</exception>
    public static SigningKey FromPem(string pem)
    {
        var rsa = RSA.Create();
        try
        {
            rsa.ImportFromPem(pem);
            return new SigningKey(rsa, null);
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
                return new SigningKey(null, ecdsa);
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

    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        var hash = SHA256.HashData(data);
        lock (_gate)
        {
            return _rsa?.SignHash(hash, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) ?? _ecdsa!.SignHash(hash);
        }
    }

    public bool Verify(ReadOnlySpan<byte> data, byte[] signature)
    {
        var hash = SHA256.HashData(data);
        lock (_gate)
        {
            return _rsa?.VerifyHash(hash, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) ?? _ecdsa!.VerifyHash(hash, signature);
        }
    }

    /// <summary>The public half as a JSON Web Key (RFC 7517).</summary>
    public IReadOnlyList<(string Name, string Value)> ToJsonWebKey()
    {
        if (_rsa is not null)
        {
            var numbers = _rsa.ExportParameters(includePrivateParameters: false);
            return
            [
                ("use", "sig"), ("kty", "RSA"), ("kid", Id), ("alg", Algorithm),
                ("n", Base64Url.EncodeToString(numbers.Modulus)), ("e", Base64Url.EncodeToString(numbers.Exponent)),
            ];
        }

        var point = _ecdsa!.ExportParameters(includePrivateParameters: false).Q;
        return
        [
            ("use", "sig"), ("kty", "EC"), ("kid", Id), ("crv", "P-256"), ("alg", Algorithm),
            ("x", Base64Url.EncodeToString(point.X)), ("y", Base64Url.EncodeToString(point.Y)),
        ];
    }

    public void Dispose()
    {
        _rsa?.Dispose();
        _ecdsa?.Dispose();
    }
}
