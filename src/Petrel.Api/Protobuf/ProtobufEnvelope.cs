using Petrel.Api.Resources;
using Petrel.Api.Schema;

namespace Petrel.Api.Protobuf;

/// <summary>
/// The envelope of application/vnd.kubernetes.protobuf: four magic bytes, then runtime.Unknown
/// {1: TypeMeta {1: apiVersion, 2: kind}, 2: the message, 3: content encoding, 4: content type}.
/// </summary>
public static class ProtobufEnvelope
{
    private static ReadOnlySpan<byte> Magic => "k8s\0"u8;

    public static byte[] Wrap(GroupVersionKind kind, IApiType value)
    {
        var message = new ProtobufWriter();
        value.WriteProtobuf(message);
        return Wrap(kind, message.ToArray());
    }

    /// <summary>Wraps a message that is encoded already.</summary>
    public static byte[] Wrap(GroupVersionKind kind, ReadOnlySpan<byte> message)
    {
        var writer = new ProtobufWriter();
        writer.WriteString(4, "");
        writer.WriteString(3, "");
        writer.WriteBytes(2, message);
        var typeMeta = writer.Length;
        writer.WriteString(2, kind.Kind);
        writer.WriteString(1, kind.ApiVersion);
        writer.EndMessage(1, typeMeta);
        return [.. Magic, .. writer.ToArray()];
    }

    /// <summary>Opens an envelope.</summary>
    /// <exception cref="ProtobufException">The bytes are no envelope.</exception>
    public static (GroupVersionKind Kind, ReadOnlyMemory<byte> Message) Open(ReadOnlyMemory<byte> bytes)
    {
        if (!bytes.Span.StartsWith(Magic))
        {
            throw new ProtobufException("provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]");
        }

        var reader = new ProtobufReader(bytes.Span[Magic.Length..]);
        var (apiVersion, kind) = ("", "");
        ReadOnlyMemory<byte> message = default;
        while (reader.NextField() is var field and not 0)
        {
            if (field == 1)
            {
                (apiVersion, kind) = ReadTypeMeta(reader.ReadMessage());
            }
            else if (field == 2)
            {
                message = reader.ReadBytes().ToArray();
            }
            else
            {
                reader.Skip();
            }
        }

        return (GroupVersionKind.FromApiVersion(apiVersion, kind), message);
    }

    private static (string ApiVersion, string Kind) ReadTypeMeta(ProtobufReader reader)
    {
        var (apiVersion, kind) = ("", "");
        while (reader.NextField() is var field and not 0)
        {
            switch (field)
            {
                case 1:
                    apiVersion = reader.ReadString();
                    break;
                case 2:
                    kind = reader.ReadString();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return (apiVersion, kind);
    }
}
