using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Petrel.Api;
using Petrel.Api.Json;
using Petrel.Api.Protobuf;
using Petrel.Api.Resources;
using Petrel.Api.Validation;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Requests;

/// <summary>Reads and decodes request bodies: JSON, YAML and protobuf, with the checks of field validation.</summary>
internal static class BodyReader
{
    /// <summary>Upstream's limit for bodies of resource requests (--max-request-bytes of etcd, twice).</summary>
    public const int BytesMax = 3 * 1024 * 1024;

    /// <summary>
    /// Bytes of a body that are taken from the connection at most. What is over <see cref="BytesMax"/> is thrown away, so that
    /// a client that writes its whole body first reads the refusal rather than meets a closed connection.
    /// </summary>
    public const int TakenBytesMax = 4 * BytesMax;

    private const string CustomMediaTypes = "application/json, application/yaml";
    private const string MediaTypes = CustomMediaTypes + ", application/vnd.kubernetes.protobuf";

    /// <summary>Reads the whole body.</summary>
    /// <exception cref="StatusException">413 when it is too large.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request)
    {
        if (request.ContentLength > BytesMax)
        {
            throw TooLarge();
        }

        var reader = request.BodyReader;
        while (true)
        {
            var result = await reader.ReadAsync(request.HttpContext.RequestAborted);
            if (result.Buffer.Length > BytesMax)
            {
                reader.AdvanceTo(result.Buffer.End);
                throw TooLarge();
            }

            if (result.IsCompleted)
            {
                var bytes = result.Buffer.ToArray();
                RequestContext.Of(request.HttpContext).BodyBytes = bytes.Length;
                reader.AdvanceTo(result.Buffer.End);
                return bytes;
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    /// <summary>Reads an object of the given kind, as a create or update sends it.</summary>
    /// <exception cref="StatusException">400, 413 or 415 with upstream's words.</exception>
    public static Task<ApiObject> ReadObjectAsync(HttpContext context, ResourceType type) => ReadObjectAsync(context, BodyFormat.Of(type));

    /// <summary>Reads an object of the given format, as a create or update sends it.</summary>
    /// <exception cref="StatusException">400, 413 or 415 with upstream's words.</exception>
    public static async Task<ApiObject> ReadObjectAsync(HttpContext context, BodyFormat format)
    {
        var body = await ReadAsync(context.Request);
        var value = Decode(context, format, body);
        RequestContext.Of(context).Audit?.LogRequest(value);
        return value;
    }

    /// <summary>Media type of the body: json when none is given; 415 for what is not understood.</summary>
    public static MediaType MediaTypeOf(HttpRequest request)
    {
        var contentType = request.ContentType;
        if (string.IsNullOrEmpty(contentType))
        {
            return MediaType.Json;
        }

        var end = contentType.IndexOf(';', StringComparison.Ordinal);
        return (end < 0 ? contentType : contentType[..end]).Trim().ToLowerInvariant() switch
        {
            "application/json" => MediaType.Json,
            "application/yaml" => MediaType.Yaml,
            "application/vnd.kubernetes.protobuf" => MediaType.Protobuf,
            _ => throw new StatusException(Statuses.UnsupportedMediaType(
                "the body of the request was in an unknown format - accepted media types include: " + MediaTypes)),
        };
    }

    /// <summary>Decodes a body of any accepted media type.</summary>
    public static ApiObject Decode(HttpContext context, BodyFormat format, ReadOnlyMemory<byte> body)
    {
        switch (MediaTypeOf(context.Request))
        {
            case MediaType.Protobuf when format.IsCustom:
                throw new StatusException(Statuses.UnsupportedMediaType(
                    "the body of the request was in an unknown format - accepted media types include: " + CustomMediaTypes));
            case MediaType.Protobuf:
                return DecodeProtobuf(format, body);
            case MediaType.Yaml:
                return YamlBodies.TryRead(body.Span, out var json, out var error)
                    ? DecodeJson(context, format, json, body)
                    : throw Unrecognized(format, error, body.Span);
            default:
                return DecodeJson(context, format, body, body);
        }
    }

    private static ApiObject DecodeProtobuf(BodyFormat format, ReadOnlyMemory<byte> body)
    {
        GroupVersionKind kind;
        ReadOnlyMemory<byte> message;
        try
        {
            (kind, message) = ProtobufEnvelope.Open(body);
        }
        catch (ProtobufException bad)
        {
            throw Unrecognized(format, bad.Message, body.Span);
        }

        CheckKind(format, kind);
        try
        {
            return format.DecodeProtobuf(message);
        }
        catch (ProtobufException bad)
        {
            throw CannotHandle(format, bad.Message);
        }
    }

    /// <param name="body">As it was sent, for messages.</param>
    private static ApiObject DecodeJson(HttpContext context, BodyFormat format, ReadOnlyMemory<byte> json, ReadOnlyMemory<byte> body)
    {
        json = JsonUnicode.Repair(json);
        var given = TypeMetaReader.Read(json.Span, why => Unrecognized(format, why, body.Span));
        if (format.IsCustom)
        {
            CheckCustomKind(format, given, body);
        }
        else
        {
            CheckKind(format, given);
        }

        var problems = new DecodeProblems();
        ApiObject value;
        try
        {
            value = format.Decode(json, problems);
        }
        catch (JsonException bad)
        {
            throw CannotHandle(format, GoJsonError.Describe(bad, json.Span));
        }

        if (problems.TypeError is not null)
        {
            throw CannotHandle(format, problems.TypeError);
        }

        FieldValidation.Apply(context, problems, text => CannotHandle(format, text));
        return value;
    }

    private static void CheckKind(BodyFormat format, GroupVersionKind given)
    {
        var wanted = format.Kind;
        if ((given.Kind.Length == 0 && given.Version.Length == 0) || given == wanted || given == format.Alternative)
        {
            return;
        }

        // Another kind that converts to nothing here is noticed before another version of the same kind.
        if (given.Kind.Length > 0 && given.Kind != wanted.Kind)
        {
            var (from, to) = (given.Version.Length > 0 ? given.Version : wanted.Version, wanted.Group.Length == 0 ? "core" : wanted.Group.Split('.')[0]);
            throw new StatusException(Statuses.BadRequest(
                $"{given.Kind} in version \"{from}\" cannot be handled as a {wanted.Kind}: converting ({from}.{given.Kind}) to ({to}.{wanted.Kind}): unknown conversion"));
        }

        if (given.Version.Length > 0 && given.ApiVersion != wanted.ApiVersion)
        {
            throw new StatusException(Statuses.BadRequest(
                $"the API version in the data ({given.ApiVersion}) does not match the expected API version ({wanted.ApiVersion})"));
        }
    }

    private static void CheckCustomKind(BodyFormat format, GroupVersionKind given, ReadOnlyMemory<byte> body)
    {
        if (given.Kind.Length == 0)
        {
            throw Unrecognized(format, $"Object 'Kind' is missing in '{Encoding.UTF8.GetString(body.Span)}'", body.Span);
        }

        if (given.ApiVersion != format.Kind.ApiVersion)
        {
            throw new StatusException(Statuses.BadRequest(
                $"the API version in the data ({(given.Version.Length == 0 ? "/" : given.ApiVersion)}) does not match the expected API version ({format.Kind.ApiVersion})"));
        }

        if (given.Kind != format.Kind.Kind)
        {
            var errors = new FieldErrors();
            errors.Invalid(FieldPath.Root.Child("kind"), given.Kind, "must be " + format.Kind.Kind);
            throw new StatusException(Statuses.Invalid(format.Kind.Group, format.Kind.Kind, "", errors));
        }
    }

    private static StatusException CannotHandle(BodyFormat format, string why) =>
        new(Statuses.BadRequest($"{format.Kind.Kind} in version \"{format.Kind.Version}\" cannot be handled as a {format.Kind.Kind}: {why}"));

    private static StatusException Unrecognized(BodyFormat format, string why, ReadOnlySpan<byte> body) =>
        new(Statuses.BadRequest($"the object provided is unrecognized (must be of type {format.Kind.Kind}): {why} ({Summary(body)})"));

    /// <summary>The start of a body as upstream shows it in errors: text when printable, otherwise hexadecimal.</summary>
    private static string Summary(ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty)
        {
            return "<empty>";
        }

        const int Shown = 30;
        var cut = body.Length > Shown;
        var head = cut ? body[..Shown] : body;
        var text = head[0] == '{' ? Encoding.UTF8.GetString(head) : Convert.ToHexStringLower(head);
        return cut ? text + " ..." : text;
    }

    private static StatusException TooLarge() =>
        new(Statuses.RequestEntityTooLarge($"Request entity too large: limit is {BytesMax}"));
}
