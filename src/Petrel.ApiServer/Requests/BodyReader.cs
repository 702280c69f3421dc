using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Petrel.Api;
using Petrel.Api.Json;
using Petrel.Api.Protobuf;
using Petrel.Api.Resources;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Requests;

/// <summary>Reads and decodes request bodies: JSON, YAML and protobuf, with the checks of field validation.</summary>
internal static class BodyReader
{
    /// <summary>Upstream's limit for bodies of resource requests (--max-request-bytes of etcd, twice).</summary>
    public const int BytesMax = 3 * 1024 * 1024;

    private const string MediaTypes = "application/json, application/yaml, application/vnd.kubernetes.protobuf";

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
                throw TooLarge();
            }

            if (result.IsCompleted)
            {
                var bytes = result.Buffer.ToArray();
                reader.AdvanceTo(result.Buffer.End);
                return bytes;
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    /// <summary>Reads an object of the given kind, as a create or update sends it.</summary>
    /// <exception cref="StatusException">400, 413 or 415 with upstream's words.</exception>
    public static async Task<ApiObject> ReadObjectAsync(HttpContext context, ResourceType type)
    {
        var body = await ReadAsync(context.Request);
        return Decode(context, type, body);
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

    /// <summary>Decodes a body of any accepted media type as the given kind.</summary>
    public static ApiObject Decode(HttpContext context, ResourceType type, ReadOnlyMemory<byte> body)
    {
        switch (MediaTypeOf(context.Request))
        {
            case MediaType.Protobuf:
                return DecodeProtobuf(type, body);
            case MediaType.Yaml:
                return DecodeJson(context, type, ToJson(type, body));
            default:
                return DecodeJson(context, type, body);
        }
    }

    private static ReadOnlyMemory<byte> ToJson(ResourceType type, ReadOnlyMemory<byte> yaml)
    {
        return YamlBodies.TryRead(yaml.Span, out var json, out var error) ? json : throw Unrecognized(type, error, yaml.Span);
    }

    private static ApiObject DecodeProtobuf(ResourceType type, ReadOnlyMemory<byte> body)
    {
        try
        {
            var (kind, message) = ProtobufEnvelope.Open(body);
            CheckKind(type, kind);
            return type.DecodeProtobuf(message);
        }
        catch (ProtobufException bad)
        {
            throw new StatusException(Statuses.BadRequest(bad.Message));
        }
    }

    private static ApiObject DecodeJson(HttpContext context, ResourceType type, ReadOnlyMemory<byte> json)
    {
        CheckKind(type, TypeMetaReader.Read(type, json.Span));
        var problems = new DecodeProblems();
        ApiObject value;
        try
        {
            value = type.Decode(json, problems);
        }
        catch (JsonException bad)
        {
            throw new StatusException(Statuses.BadRequest(CannotHandle(type, GoJsonError.Describe(bad, json.Span))));
        }

        if (problems.TypeError is not null)
        {
            throw new StatusException(Statuses.BadRequest(CannotHandle(type, problems.TypeError)));
        }

        FieldValidation.Apply(context, problems, text => new StatusException(Statuses.BadRequest(CannotHandle(type, text))));
        return value;
    }

    private static string CannotHandle(ResourceType type, string why) =>
        $"{type.Info.Kind} in version \"{type.Info.Version}\" cannot be handled as a {type.Info.Kind}: {why}";

    private static void CheckKind(ResourceType type, GroupVersionKind given)
    {
        var info = type.Info;
        if ((given.Kind.Length == 0 && given.Version.Length == 0) || (given.Kind == info.Kind && given.ApiVersion == info.ApiVersion))
        {
            return;
        }

        if (given.Version.Length > 0 && given.ApiVersion != info.ApiVersion)
        {
            throw new StatusException(Statuses.BadRequest(
                $"the API version in the data ({given.ApiVersion}) does not match the expected API version ({info.ApiVersion})"));
        }

        if (given.Kind.Length > 0 && given.Kind != info.Kind)
        {
            var group = info.Group.Length == 0 ? "core" : info.Group.Split('.')[0];
            throw new StatusException(Statuses.BadRequest(
                $"{given.Kind} in version \"{info.Version}\" cannot be handled as a {info.Kind}: converting ({info.Version}.{given.Kind}) to ({group}.{info.Kind}): unknown conversion"));
        }
    }

    internal static StatusException Unrecognized(ResourceType type, string why, ReadOnlySpan<byte> body) =>
        new(Statuses.BadRequest($"the object provided is unrecognized (must be of type {type.Info.Kind}): {why} ({Summary(body)})"));

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
