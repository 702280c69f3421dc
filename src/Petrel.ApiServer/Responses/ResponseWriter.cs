using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Petrel.Api;
using Petrel.Api.Json;
using Petrel.Api.Meta;
using Petrel.Api.Protobuf;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.ApiServer.Audit;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Requests;

namespace Petrel.ApiServer.Responses;

/// <summary>Writes answers in the negotiated format. Stored objects go out as the bytes they are whenever the client wants JSON.</summary>
internal static class ResponseWriter
{
    /// <summary>Bytes of a long answer that are sent at once: four records of TLS.</summary>
    public const int PieceBytes = 64 * 1024;

    public static Task WriteStatusAsync(HttpContext context, Status status)
    {
        if (status.Details is { RetryAfterSeconds: > 0 } details)
        {
            context.Response.Headers.RetryAfter = details.RetryAfterSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        context.Features.Get<RequestContext>()?.Audit?.LogResponse(status);
        var code = status.Code == 0 ? 200 : status.Code;
        return WriteAsync(context, code, Negotiation.ForStatus(context.Request), status, new GroupVersionKind("", "v1", "Status"));
    }

    /// <summary>Writes an object that is not stored (virtual resources, scale, converted objects).</summary>
    public static Task WriteObjectAsync(HttpContext context, int code, ResponseFormat format, ApiObject value) =>
        WriteAsync(context, code, format, value, value.ShownKind);

    /// <summary>Writes a stored object.</summary>
    public static Task WriteStoredAsync(HttpContext context, int code, ResponseFormat format, StoredObject stored)
    {
        if (!format.IsPlainJson || stored.IsConverted)
        {
            return WriteObjectAsync(context, code, format, stored.Decode());
        }

        if (AuditWanting(context) is not null)
        {
            var whole = new ArrayBufferWriter<byte>();
            stored.WriteTo(whole);
            return WriteJsonAsync(context, code, format, whole.WrittenSpan);
        }

        Start(context, code, format);
        stored.WriteTo(context.Response.BodyWriter);
        return FlushAsync(context);
    }

    /// <summary>Writes JSON that was made elsewhere, in the negotiated media type.</summary>
    public static Task WriteJsonAsync(HttpContext context, int code, ResponseFormat format, ReadOnlySpan<byte> json)
    {
        AuditWanting(context)?.LogResponse(json);
        Start(context, code, format);
        switch (format.MediaType)
        {
            case MediaType.Yaml:
                context.Response.BodyWriter.Write(YamlBodies.Write(json));
                break;
            case MediaType.Json when format.Pretty:
                context.Response.BodyWriter.Write(Indent(json));
                break;
            case MediaType.Json:
                context.Response.BodyWriter.Write(json);
                break;
            default:
                throw new StatusException(Statuses.NotAcceptable("the requested object has no protobuf form"));
        }

        return FlushAsync(context);
    }

    /// <summary>Writes an answer that is encoded already.</summary>
    public static Task WriteBytesAsync(HttpContext context, int code, ResponseFormat format, ReadOnlyMemory<byte> bytes)
    {
        Start(context, code, format);
        return SendAsync(context, bytes);
    }

    /// <summary>
    /// Sends bytes in pieces of <see cref="PieceBytes"/>: each is encrypted and handed to the socket at once, which for a long answer takes half of
    /// the time of the small blocks that a writer hands out unasked.
    /// </summary>
    public static async Task SendAsync(HttpContext context, ReadOnlyMemory<byte> bytes)
    {
        var output = context.Response.BodyWriter;
        do
        {
            var piece = bytes.Length > PieceBytes ? bytes[..PieceBytes] : bytes;
            piece.CopyTo(output.GetMemory(piece.Length));
            output.Advance(piece.Length);
            await FlushAsync(context);
            bytes = bytes[piece.Length..];
        }
        while (!bytes.IsEmpty);
    }

    private static Task WriteAsync(HttpContext context, int code, ResponseFormat format, IApiType value, GroupVersionKind kind)
    {
        if (format.MediaType == MediaType.Protobuf)
        {
            AuditWanting(context)?.LogResponse(JsonEncoding.Encode(value));
            return WriteBytesAsync(context, code, format, ProtobufEnvelope.Wrap(kind, value));
        }

        return WriteJsonAsync(context, code, format, JsonEncoding.Encode(value));
    }

    /// <summary>Sends what was written, and notes how much it is.</summary>
    public static Task FlushAsync(HttpContext context)
    {
        var output = context.Response.BodyWriter;
        if (context.Features.Get<RequestContext>() is { } request)
        {
            request.AnswerBytes += output.UnflushedBytes;
        }

        return output.FlushAsync(context.RequestAborted).AsTask();
    }

    /// <summary>The event of the request, if it is to have what the answer carries.</summary>
    public static AuditEvent? AuditWanting(HttpContext context) => context.Features.Get<RequestContext>()?.Audit is { WantsResponse: true } audit ? audit : null;

    /// <summary>Sets status, content type and warnings.</summary>
    public static void Start(HttpContext context, int code, ResponseFormat format)
    {
        var response = context.Response;
        response.StatusCode = code;
        response.ContentType = format.ContentType;
        response.Headers.CacheControl = "no-cache, private";
        if (context.Features.Get<RequestContext>() is { Warnings.Count: > 0 } request)
        {
            foreach (var warning in request.Warnings)
            {
                response.Headers.Append("Warning", $"299 - \"{Escape(warning)}\"");
            }
        }
    }

    private static string Escape(string warning)
    {
        var text = new StringBuilder(warning.Length);
        foreach (var c in warning)
        {
            _ = c switch
            {
                '"' or '\\' => text.Append('\\').Append(c),
                < ' ' or > '~' => text.Append('?'),
                _ => text.Append(c),
            };
        }

        return text.ToString();
    }

    private static byte[] Indent(ReadOnlySpan<byte> json)
    {
        var buffer = new ArrayBufferWriter<byte>(json.Length * 2);
        var reader = new Utf8JsonReader(json);
        using var document = JsonDocument.ParseValue(ref reader);
        using (var writer = new Utf8JsonWriter(buffer, JsonEncoding.WriterOptions with { Indented = true }))
        {
            document.WriteTo(writer);
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }
}
