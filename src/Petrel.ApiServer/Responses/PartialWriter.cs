using System.Buffers;
using System.Text.Json;
using Petrel.Api;
using Petrel.Api.Json;
using Petrel.Api.Resources;
using Petrel.ApiServer.Registry;

namespace Petrel.ApiServer.Responses;

/// <summary>Writes PartialObjectMetadata(List): only the metadata of objects (meta.k8s.io).</summary>
internal static class PartialWriter
{
    public static byte[] Write(ApiObject value, string version) => Build(writer => WriteObject(writer, value, version));

    public static byte[] WriteList(ListPage page, string version) => Build(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("kind"u8, "PartialObjectMetadataList");
        writer.WriteString("apiVersion"u8, "meta.k8s.io/" + version);
        ListAnswer.WriteMetadata(writer, page.Revision, page.Continue, page.Remaining);
        writer.WritePropertyName("items"u8);
        var any = false;
        foreach (var item in page.Items)
        {
            if (!any)
            {
                writer.WriteStartArray();
                any = true;
            }

            WriteObject(writer, item.Decode(), version);
        }

        if (any)
        {
            writer.WriteEndArray();
        }
        else
        {
            // Upstream's list of this kind is nil when it is empty.
            writer.WriteNullValue();
        }

        writer.WriteEndObject();
    });

    public static void WriteObject(Utf8JsonWriter writer, ApiObject value, string version)
    {
        writer.WriteStartObject();
        writer.WriteString("kind"u8, "PartialObjectMetadata");
        writer.WriteString("apiVersion"u8, "meta.k8s.io/" + version);
        writer.WritePropertyName("metadata"u8);
        value.Metadata.WriteJson(writer);
        writer.WriteEndObject();
    }

    /// <summary>Name of the kind's internal Go type, which upstream's messages show.</summary>
    public static string GoName(GroupVersionKind kind) => (kind.Group.Length == 0 ? "core" : kind.Group.Split('.')[0]) + "." + kind.Kind;

    private static byte[] Build(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, JsonEncoding.WriterOptions))
        {
            write(writer);
        }

        return buffer.WrittenSpan.ToArray();
    }
}
