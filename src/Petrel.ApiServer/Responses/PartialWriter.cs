using System.Buffers;
using System.Text.Json;
using Petrel.Api;
using Petrel.Api.Json;
using Petrel.Api.Meta;
using Petrel.Api.Protobuf;
using Petrel.Api.Resources;
using Petrel.ApiServer.Registry;

namespace Petrel.ApiServer.Responses;

/// <summary>Writes PartialObjectMetadata(List): only the metadata of objects (meta.k8s.io).</summary>
internal static class PartialWriter
{
    public static byte[] Write(ApiObject value, string version) => Build(writer => WriteObject(writer, value, version));

    /// <summary>PartialObjectMetadata {1: ObjectMeta} in its envelope.</summary>
    public static byte[] WriteProtobuf(ApiObject value, string version) =>
        ProtobufEnvelope.Wrap(new GroupVersionKind("meta.k8s.io", version, "PartialObjectMetadata"), new PartialObjectMetadata { Metadata = value.Metadata });

    /// <summary>PartialObjectMetadataList {1: ListMeta, 2: repeated PartialObjectMetadata} in its envelope.</summary>
    public static byte[] WriteProtobufList(ListPage page, string version)
    {
        var writer = new ProtobufWriter();
        foreach (var item in page.Items.Reverse())
        {
            var before = writer.Length;
            new PartialObjectMetadata { Metadata = item.Decode().Metadata }.WriteProtobuf(writer);
            writer.EndMessage(2, before);
        }

        var metadata = writer.Length;
        page.Metadata.WriteProtobuf(writer);
        writer.EndMessage(1, metadata);
        return ProtobufEnvelope.Wrap(new GroupVersionKind("meta.k8s.io", version, "PartialObjectMetadataList"), writer.ToArray());
    }

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
