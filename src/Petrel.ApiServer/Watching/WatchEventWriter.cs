using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Petrel.Api;
using Petrel.Api.Json;
using Petrel.Api.Meta;
using Petrel.Api.Protobuf;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Watching;

/// <summary>Writes watch events in the negotiated form: JSON lines, or protobuf frames of a length and a WatchEvent.</summary>
internal sealed class WatchEventWriter(HttpContext context, ResourceEndpoint endpoint, ResponseFormat format)
{
    /// <summary>Unsent bytes after which the writer waits for the client.</summary>
    private const int FlushBytes = 32 * 1024;

    private readonly string _includeObject = TableWriter.IncludeObjectOf(context.Request);
    private bool _hasColumns = true;

    private System.IO.Pipelines.PipeWriter Output => context.Response.BodyWriter;

    public void Start()
    {
        if (format.MediaType == MediaType.Yaml)
        {
            throw new StatusException(Statuses.NotAcceptable("406: Not Acceptable\n\nAvailable representations: application/json, application/vnd.kubernetes.protobuf"));
        }

        ResponseWriter.Start(context, 200, format);
        if (format.MediaType == MediaType.Protobuf)
        {
            context.Response.ContentType = "application/vnd.kubernetes.protobuf;stream=watch";
        }
    }

    public ValueTask<System.IO.Pipelines.FlushResult> FlushAsync(CancellationToken cancellationToken) => Output.FlushAsync(cancellationToken);

    public ValueTask<System.IO.Pipelines.FlushResult> FlushIfFullAsync(CancellationToken cancellationToken) =>
        Output.UnflushedBytes > FlushBytes ? Output.FlushAsync(cancellationToken) : default;

    /// <summary>Writes an added or modified object.</summary>
    public void Write(string type, StoredObject stored)
    {
        endpoint.WatchEvents.Increment();
        if (format is { MediaType: MediaType.Json, Projection: Projection.None } && !stored.IsConverted)
        {
            // The shared bytes of the store: nothing is encoded per watcher.
            WriteJsonHead(type);
            stored.WriteTo(Output);
            Output.Write("}\n"u8);
            return;
        }

        WriteProjected(type, stored);
    }

    /// <summary>Writes a deleted object: as it last was, with the revision of the deletion.</summary>
    public void WriteDeleted(StoredObject last, long revision) =>
        Write("DELETED", endpoint.Store.Wrap(new Storage.KeyValue(last.Pair.Key, last.Pair.Value, last.Pair.CreateRevision, revision, last.Pair.Version, 0)));

    /// <summary>Writes a bookmark: an empty object that carries only a revision.</summary>
    public void WriteBookmark(long revision, bool endsInitialEvents)
    {
        endpoint.WatchEvents.Increment();
        var annotations = endsInitialEvents ? ApiMap.FromPairs(("k8s.io/initial-events-end", "true")) : default;
        var value = endpoint.Type.Empty with
        {
            Metadata = new ObjectMeta { ResourceVersion = revision.ToString(CultureInfo.InvariantCulture), Annotations = annotations },
        };
        switch (format.Projection)
        {
            case Projection.None:
                WriteEncoded("BOOKMARK", value, value.GroupVersionKind);
                break;
            case Projection.Table:
                WriteJson("BOOKMARK", TableWriter.Write(TableWriter.ColumnsOf(endpoint.Type), format, value.Metadata.ResourceVersion, "", null, [value], _includeObject, endpoint.Time.GetUtcNow(), _hasColumns));
                break;
            default:
                WriteJson("BOOKMARK", PartialWriter.Write(value, format.ProjectionVersion));
                break;
        }
    }

    /// <summary>Writes the Status that ends a watch.</summary>
    public void WriteError(Status status) => WriteEncoded("ERROR", status, new GroupVersionKind("", "v1", "Status"));

    private void WriteProjected(string type, StoredObject stored)
    {
        switch (format.Projection)
        {
            case Projection.Table:
                WriteJson(type, TableWriter.Write(TableWriter.ColumnsOf(endpoint.Type), format, ResourceStore.Text(stored.Revision), "", null, [stored.Decode()], _includeObject, endpoint.Time.GetUtcNow(), _hasColumns));
                _hasColumns = false;
                break;
            case Projection.PartialObjectMetadata or Projection.PartialObjectMetadataList:
                WriteJson(type, PartialWriter.Write(stored.Decode(), format.ProjectionVersion));
                break;
            default:
                var value = stored.Decode();
                WriteEncoded(type, value, value.GroupVersionKind);
                break;
        }
    }

    private void WriteEncoded(string type, IApiType value, GroupVersionKind kind)
    {
        if (format.MediaType != MediaType.Protobuf)
        {
            WriteJson(type, JsonEncoding.Encode(value));
            return;
        }

        // WatchEvent {1: type, 2: RawExtension {1: the enveloped object}} behind its length, four bytes big endian.
        var writer = new ProtobufWriter();
        var raw = writer.Length;
        writer.WriteBytes(1, ProtobufEnvelope.Wrap(kind, value));
        writer.EndMessage(2, raw);
        writer.WriteString(1, type);
        var frame = writer.ToArray();
        BinaryPrimitives.WriteInt32BigEndian(Output.GetSpan(4), frame.Length);
        Output.Advance(4);
        Output.Write(frame);
    }

    private void WriteJson(string type, ReadOnlySpan<byte> json)
    {
        WriteJsonHead(type);
        Output.Write(json);
        Output.Write("}\n"u8);
    }

    private void WriteJsonHead(string type)
    {
        Output.Write("{\"type\":\""u8);
        Output.Write(Encoding.ASCII.GetBytes(type));
        Output.Write("\",\"object\":"u8);
    }
}
