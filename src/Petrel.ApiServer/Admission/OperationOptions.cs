using System.Text.Json;
using Petrel.Api;
using Petrel.Api.Json;
using Petrel.Api.Meta;
using Petrel.ApiServer.Requests;

namespace Petrel.ApiServer.Admission;

/// <summary>
/// The options of an operation as webhooks and policies see them. They are those of the operation that is done, not of the
/// request: a patch has UpdateOptions, or CreateOptions when it creates.
/// </summary>
internal static class OperationOptions
{
    private const string ApiVersion = "meta.k8s.io/v1";

    public static RawJson Create(WriteOptions options) => Write("CreateOptions", options);

    public static RawJson Update(WriteOptions options) => Write("UpdateOptions", options);

    public static RawJson Delete(DeleteOptions options) =>
        RawJson.FromCompact(((JsonMap)JsonTree.Parse(JsonEncoding.Encode(options))).With("apiVersion", ApiVersion).ToUtf8());

    private static RawJson Write(string kind, WriteOptions options)
    {
        using var output = new MemoryStream();
        using (var writer = new Utf8JsonWriter(output, JsonEncoding.WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteString("kind", kind);
            writer.WriteString("apiVersion", ApiVersion);
            if (options.DryRun)
            {
                writer.WriteStartArray("dryRun");
                writer.WriteStringValue("All");
                writer.WriteEndArray();
            }

            if (options.GivenFieldManager.Length > 0)
            {
                writer.WriteString("fieldManager", options.GivenFieldManager);
            }

            if (options.GivenFieldValidation.Length > 0)
            {
                writer.WriteString("fieldValidation", options.GivenFieldValidation);
            }

            writer.WriteEndObject();
        }

        return RawJson.FromCompact(output.ToArray());
    }
}
