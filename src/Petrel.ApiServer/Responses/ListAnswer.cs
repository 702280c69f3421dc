using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Petrel.Api.Json;
using Petrel.Api.Protobuf;
using Petrel.ApiServer.Registry;

namespace Petrel.ApiServer.Responses;

/// <summary>Answers with a list. Plain JSON streams: each object's bytes go from the store to the socket, memory stays small.</summary>
internal static class ListAnswer
{
    public static Task WriteAsync(HttpContext context, ResponseFormat format, ResourceEndpoint endpoint, ListPage page)
    {
        switch (format.Projection)
        {
            case Projection.Table:
                var rows = TableWriter.Write(
                    TableWriter.ColumnsOf(endpoint.Type), format, ResourceStore.Text(page.Revision), page.Continue, page.Remaining, page.Items.Select(static item => item.Decode()), TableWriter.IncludeObjectOf(context.Request), endpoint.Time.GetUtcNow());
                return ResponseWriter.WriteJsonAsync(context, 200, format, rows);
            case Projection.PartialObjectMetadataList when format.MediaType == MediaType.Protobuf:
                return ResponseWriter.WriteBytesAsync(context, 200, format, PartialWriter.WriteProtobufList(page, format.ProjectionVersion));
            case Projection.PartialObjectMetadataList:
                return ResponseWriter.WriteJsonAsync(context, 200, format, PartialWriter.WriteList(page, format.ProjectionVersion));
            case Projection.PartialObjectMetadata:
                throw new StatusException(Statuses.NotAcceptable(
                    $"you requested PartialObjectMetadata, but the requested object is a list (*{PartialWriter.GoName(endpoint.Info.GroupVersionKind)}List)"));
        }

        var audit = ResponseWriter.AuditWanting(context);
        if (format.MediaType == MediaType.Protobuf)
        {
            audit?.LogResponse(Whole(endpoint, page).WrittenSpan);
            return WriteProtobufAsync(context, format, endpoint, page);
        }

        if (format.MediaType == MediaType.Json && !format.Pretty && audit is null)
        {
            return StreamAsync(context, format, endpoint, page);
        }

        return ResponseWriter.WriteJsonAsync(context, 200, format, Whole(endpoint, page).WrittenMemory);
    }

    private static ArrayBufferWriter<byte> Whole(ResourceEndpoint endpoint, ListPage page)
    {
        var whole = new ArrayBufferWriter<byte>();
        WriteHead(whole, endpoint, page);
        WriteItems(whole, page.Items);
        whole.Write("]}"u8);
        return whole;
    }

    private static async Task StreamAsync(HttpContext context, ResponseFormat format, ResourceEndpoint endpoint, ListPage page)
    {
        if (endpoint.Type.Storage?.CheckReadable is not null)
        {
            // Once something is out, an object that cannot be shown would only break the answer off.
            foreach (var item in page.Items)
            {
                item.CheckReadable();
            }
        }

        ResponseWriter.Start(context, 200, format);
        await using var body = new AnswerBody(context, page.Items.Sum(static item => (long)item.Pair.Value.Length));
        var output = new ArrayBufferWriter<byte>(AnswerBody.PieceBytes + (AnswerBody.PieceBytes / 8));
        WriteHead(output, endpoint, page);
        var isFirst = true;
        foreach (var item in page.Items)
        {
            if (!isFirst)
            {
                output.Write(","u8);
            }

            isFirst = false;
            item.WriteItemTo(output);
            if (output.WrittenCount >= AnswerBody.PieceBytes)
            {
                await body.SendAsync(output.WrittenMemory, isLast: false);
                output.ResetWrittenCount();
            }
        }

        output.Write("]}\n"u8);
        await body.SendAsync(output.WrittenMemory, isLast: true);
    }

    private static void WriteHead(IBufferWriter<byte> output, ResourceEndpoint endpoint, ListPage page)
    {
        using var writer = new Utf8JsonWriter(output, JsonEncoding.WriterOptions);
        writer.WriteStartObject();
        writer.WriteString("kind"u8, endpoint.Info.ListKind);
        writer.WriteString("apiVersion"u8, endpoint.Info.ApiVersion);
        WriteMetadata(writer, page.Revision, page.Continue, page.Remaining, endpoint.Type.IsCustom);
        writer.WritePropertyName("items"u8);
        writer.WriteStartArray();
        writer.Flush();
    }

    /// <summary>Writes the metadata field of a list; one that is not read from the store (revision 0) has no version.</summary>
    /// <param name="isCustom">Lists of custom objects say that they do not continue.</param>
    public static void WriteMetadata(Utf8JsonWriter writer, long revision, string continueToken, long? remaining, bool isCustom = false)
    {
        writer.WriteStartObject("metadata"u8);
        if (revision != 0)
        {
            writer.WriteString("resourceVersion"u8, revision.ToString(CultureInfo.InvariantCulture));
        }

        if (continueToken.Length > 0 || isCustom)
        {
            writer.WriteString("continue"u8, continueToken);
        }

        if (remaining is { } count)
        {
            writer.WriteNumber("remainingItemCount"u8, count);
        }

        writer.WriteEndObject();
    }

    private static void WriteItems(IBufferWriter<byte> output, IEnumerable<StoredObject> items)
    {
        var isFirst = true;
        foreach (var item in items)
        {
            if (!isFirst)
            {
                output.Write(","u8);
            }

            isFirst = false;
            item.WriteItemTo(output);
        }
    }

    private static Task WriteProtobufAsync(HttpContext context, ResponseFormat format, ResourceEndpoint endpoint, ListPage page)
    {
        // {1: ListMeta, 2: repeated items} in the envelope of the list kind.
        var writer = new ProtobufWriter();
        foreach (var item in page.Items.Reverse())
        {
            var before = writer.Length;
            item.Decode().WriteProtobuf(writer);
            writer.EndMessage(2, before);
        }

        var metadata = writer.Length;
        page.Metadata.WriteProtobuf(writer);
        writer.EndMessage(1, metadata);
        return ResponseWriter.WriteBytesAsync(context, 200, format, ProtobufEnvelope.Wrap(endpoint.Info.GroupVersionKind with { Kind = endpoint.Info.Kind + "List" }, writer.ToArray()));
    }
}
