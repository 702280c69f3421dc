using System.Buffers;
using System.Text.Json;

namespace Petrel.ApiServer.Tokens;

/// <summary>
/// The two documents by which others can verify service account tokens (OpenID Connect Discovery 1.0; kubernetes.io,
/// "Service account issuer discovery").
/// </summary>
internal sealed class IssuerDocuments(SigningKey key, TokenOptions options)
{
    public const string ConfigurationPath = "/.well-known/openid-configuration";
    public const string KeysPath = "/openid/v1/jwks";
    public const string ConfigurationType = "application/json";
    public const string KeysType = "application/jwk-set+json";

    /// <summary>Sent with both, so that verifiers do not ask all the time.</summary>
    public const string CacheControl = "public, max-age=3600";

    /// <param name="host">Host and port under which clients reach this server.</param>
    public ReadOnlyMemory<byte> Configuration(string host) => Write(writer =>
    {
        writer.WriteString("issuer", options.Issuer);
        writer.WriteString("jwks_uri", $"https://{host}{KeysPath}");
        WriteList(writer, "response_types_supported", "id_token");
        WriteList(writer, "subject_types_supported", "public");
        WriteList(writer, "id_token_signing_alg_values_supported", key.Algorithm);
    });

    /// <summary>The public keys.</summary>
    public ReadOnlyMemory<byte> Keys() => Write(writer =>
    {
        writer.WriteStartArray("keys");
        writer.WriteStartObject();
        foreach (var (name, value) in key.ToJsonWebKey())
        {
            writer.WriteString(name, value);
        }

        writer.WriteEndObject();
        writer.WriteEndArray();
    });

    private static void WriteList(Utf8JsonWriter writer, string name, string value)
    {
        writer.WriteStartArray(name);
        writer.WriteStringValue(value);
        writer.WriteEndArray();
    }

    private static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        members(writer);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }
}
