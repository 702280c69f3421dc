using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Petrel.ApiServer.Tokens;

/// <summary>A signed token in its compact form, header.payload.signature (RFC 7515), taken apart but not believed.</summary>
internal sealed class JsonWebToken
{
    /// <summary>Characters of the longest token that is looked at.</summary>
    public const int MaximumLength = 16 * 1024;

    private JsonWebToken(string algorithm, string keyId, byte[] payload, byte[] signedPart, byte[] signature) =>
        (Algorithm, KeyId, Payload, SignedPart, Signature) = (algorithm, keyId, payload, signedPart, signature);

    public string Algorithm { get; }

    /// <summary>The key that the signer says to have used; empty when it does not say.</summary>
    public string KeyId { get; }

    /// <summary>The claims as JSON.</summary>
    public byte[] Payload { get; }

    /// <summary>What the signature is over.</summary>
    public byte[] SignedPart { get; }

    public byte[] Signature { get; }

    /// <summary>Signs claims.</summary>
    public static string Sign(ReadOnlySpan<byte> claims, SigningKey key)
    {
        var header = Encoding.UTF8.GetBytes($"{{\"alg\":\"{key.Algorithm}\",\"kid\":\"{key.Id}\"}}");
        var signed = Base64Url.EncodeToString(header) + "." + Base64Url.EncodeToString(claims);
        return signed + "." + Base64Url.EncodeToString(key.Sign(Encoding.ASCII.GetBytes(signed)));
    }

    /// <summary>Takes a token apart; null when it is none.</summary>
    public static JsonWebToken? Parse(string token)
    {
        var parts = token.Length > MaximumLength ? [] : token.Split('.');
        if (parts.Length != 3 || !parts.All(static part => Base64Url.IsValid(part)))
        {
            return null;
        }

        try
        {
            using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[0]));
            if (header.RootElement.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            return new JsonWebToken(
                Text(header.RootElement, "alg"),
                Text(header.RootElement, "kid"),
                Base64Url.DecodeFromChars(parts[1]),
                Encoding.ASCII.GetBytes(parts[0] + "." + parts[1]),
                Base64Url.DecodeFromChars(parts[2]));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
