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

        if (AuditWanting(context) is not null || stored.Length >= AnswerBody.GzipBytesMin)
        {
            var whole = new ArrayBufferWriter<byte>(stored.Length);
            stored.WriteTo(whole);
            return WriteJsonAsync(context, code, format, whole.WrittenMemory);
        }

        Start(context, code, format);
        context.Response.ContentLength = stored.Length;
        stored.WriteTo(context.Response.BodyWriter);
        return AnswerBody.FlushAsync(context);
    }

    /// <summary>Writes JSON that was made elsewhere, in the negotiated media type.</summary>
    public static Task WriteJsonAsync(HttpContext context, int code, ResponseFormat format, ReadOnlyMemory<byte> json)
    {
        AuditWanting(context)?.LogResponse(json.Span);
        Start(context, code, format);
        return AnswerBody.SendAsync(context, format.MediaType switch
        {
            MediaType.Yaml => YamlBodies.Write(json.Span),
            MediaType.Json when format.Pretty => Indent(json.Span),
            MediaType.Json => json,
            _ => throw new StatusException(Statuses.NotAcceptable("the requested object has no protobuf form")),
        });
    }

    /// <summary>Writes an answer that is encoded already.</summary>
    public static Task WriteBytesAsync(HttpContext context, int code, ResponseFormat format, ReadOnlyMemory<byte> bytes)
    {
        Start(context, code, format);
        return AnswerBody.SendAsync(context, bytes);
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
