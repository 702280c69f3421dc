using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Petrel.ApiServer.Tokens;

/// <summary>Checks signatures, once per token: a client sends the same token with every request. What else must hold is checked each time.</summary>
internal sealed class VerifiedTokens(SigningKey key)
{
    // A full memory is emptied: it fills again with the tokens in use, and verifying one costs some tens of microseconds.
    private const int MaximumRemembered = 4096;

    private readonly ConcurrentDictionary<string, TokenClaims> _claims = new(StringComparer.Ordinal);

    /// <summary>The token's claims, or why it is refused, or neither when it is no token of this issuer.</summary>
    public (TokenClaims? Claims, string Fault) Read(string token, string issuer)
    {
        // Hashed, so that memory holds no usable tokens.
        var name = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        if (_claims.TryGetValue(name, out var known))
        {
            return (known, "");
        }

        if (JsonWebToken.Parse(token) is not { } parsed || TokenClaimsJson.Read(parsed.Payload) is not { } claims || claims.Issuer != issuer)
        {
            return (null, "");
        }

        if (parsed.KeyId.Length > 0 && parsed.KeyId != key.Id)
        {
            return (null, "invalid signature, no keys found");
        }

        if (parsed.Algorithm != key.Algorithm || !key.Verify(parsed.SignedPart, parsed.Signature))
        {
            // The words of upstream's JOSE library.
            return (null, "go-jose/go-jose: error in cryptographic primitive");
        }

        if (_claims.Count >= MaximumRemembered)
        {
            _claims.Clear();
        }

        _claims[name] = claims;
        return (claims, "");
    }
}
