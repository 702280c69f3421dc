using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Petrel.Api;
using Petrel.Api.Json;
using Petrel.Api.Meta;
using Petrel.Api.Protobuf;
using Petrel.Api.Resources;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Watching;

/// <summary>Writes watch events in the negotiated form: JSON lines, or protobuf WatchEvents.</summary>
internal sealed class WatchEventWriter(IWatchOutput output, ResourceEndpoint endpoint, ResponseFormat format, string includeObject)
{
    /// <summary>Unsent bytes after which the writer waits for the client.</summary>
    private const int FlushBytes = 32 * 1024;

    private bool _hasColumns = format.Projection == Projection.Table;

    /// <summary>The store's own bytes are what is sent: nothing is decoded or encoded for a watch.</summary>
    public bool SendsStoredBytes => format is { MediaType: MediaType.Json, Projection: Projection.None } && !endpoint.Type.IsCustom && endpoint.Type.Storage is null;

    private EventForm Form => new(
        format.MediaType,
        format.Projection == Projection.PartialObjectMetadataList ? Projection.PartialObjectMetadata : format.Projection,
        format.ProjectionVersion,
        format.Projection == Projection.Table ? includeObject : "",
        _hasColumns);

    public ValueTask FlushAsync(CancellationToken cancellationToken) => output.FlushAsync(cancellationToken);

    public ValueTask FlushIfFullAsync(CancellationToken cancellationToken) => output.Unsent > FlushBytes ? output.FlushAsync(cancellationToken) : default;

    /// <summary>Writes an object of the initial state.</summary>
    public void WriteInitial(StoredObject stored)
    {
        if (SendsStoredBytes)
        {
            WriteStored("ADDED", stored);
        }
        else
        {
            Write("ADDED", EventEncoding.Encode(endpoint, stored.Decode(), Form));
        }
    }

    /// <summary>Writes the store's bytes; only where <see cref="SendsStoredBytes"/>.</summary>
    public void WriteStored(string type, StoredObject stored)
    {
        var before = output.Unsent;
        WriteJsonHead(type);
        stored.WriteTo(output.Buffer);
        EndJson(before);
    }

    /// <summary>Writes the object after a change.</summary>
    public void WriteCurrent(string type, SharedEvent change) => Write(type, change.Encoded(Form, isLast: false, Encode));

    /// <summary>Writes that an object is gone from what the watch sees: as it last was, with the revision of the change.</summary>
    public void WriteLast(SharedEvent change) => Write("DELETED", change.Encoded(Form, isLast: true, Encode));

    /// <summary>Writes a bookmark: an empty object that carries only a revision.</summary>
    public void WriteBookmark(long revision, bool endsInitialEvents) =>
        Write("BOOKMARK", EventEncoding.Encode(endpoint, EventEncoding.Bookmark(endpoint, revision, endsInitialEvents), Form));

    /// <summary>Writes the Status that ends a watch.</summary>
    public void WriteError(Status status) =>
        Write("ERROR", format.MediaType == MediaType.Protobuf ? ProtobufEnvelope.Wrap(new GroupVersionKind("", "v1", "Status"), status) : JsonEncoding.Encode(status));

    private byte[] Encode(ApiObject value, EventForm form) => EventEncoding.Encode(endpoint, value, form);

    private void Write(string type, ReadOnlySpan<byte> encoded)
    {
        // Later rows repeat no definitions.
        _hasColumns = false;
        var before = output.Unsent;
        if (format.MediaType == MediaType.Protobuf)
        {
            WriteProtobuf(type, encoded);
            endpoint.WatchEvents.Sent(output.Unsent - before);
            return;
        }

        WriteJsonHead(type);
        output.Buffer.Write(encoded);
        EndJson(before);
    }

    /// <summary>WatchEvent {1: type, 2: RawExtension {1: the enveloped object}}, behind its length in four bytes, big endian, where it needs one.</summary>
    private void WriteProtobuf(string type, ReadOnlySpan<byte> enveloped)
    {
        var writer = new ProtobufWriter();
        var raw = writer.Length;
        writer.WriteBytes(1, enveloped);
        writer.EndMessage(2, raw);
        writer.WriteString(1, type);
        var frame = writer.ToArray();
        if (output.NeedsLengths)
        {
            BinaryPrimitives.WriteInt32BigEndian(output.Buffer.GetSpan(4), frame.Length);
            output.Buffer.Advance(4);
        }

        output.Buffer.Write(frame);
        output.EndEvent();
    }

    private void WriteJsonHead(string type)
    {
        output.Buffer.Write("{\"type\":\""u8);
        Encoding.ASCII.GetBytes(type, output.Buffer);
        output.Buffer.Write("\",\"object\":"u8);
    }

    private void EndJson(long before)
    {
        output.Buffer.Write("}\n"u8);
        output.EndEvent();
        endpoint.WatchEvents.Sent(output.Unsent - before);
    }
}
