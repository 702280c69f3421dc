using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Petrel.Api.Json;
using Petrel.Api.Meta;
using Petrel.Api.Protobuf;
using Petrel.Api.Validation;
using Petrel.ApiServer.Audit;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Requests;

/// <summary>Reads DeleteOptions: from the body when there is one, otherwise from the query.</summary>
internal static class DeleteOptionsReader
{
    /// <exception cref="StatusException">400 or 422 for bad query values, 500 without a reason for an undecodable body, as upstream.</exception>
    public static async Task<(DeleteOptions Options, bool DryRun)> ReadAsync(HttpContext context)
    {
        var fromQuery = FromQuery(context.Request);
        var body = await BodyReader.ReadAsync(context.Request);
        var options = body.IsEmpty ? fromQuery : Decode(context.Request, body);
        if (RequestContext.Of(context).Audit is { Decision.Level: >= AuditLevel.Request } audit)
        {
            audit.LogRequest(JsonEncoding.Encode(options));
        }

        Validate(options);
        return (options, options.DryRun.Count > 0);
    }

    /// <summary>Whether options that came inside another body ask for a dry run.</summary>
    /// <exception cref="StatusException">422 for options that make no sense.</exception>
    public static bool IsDryRun(DeleteOptions options)
    {
        Validate(options);
        return options.DryRun.Count > 0;
    }

    private static DeleteOptions FromQuery(HttpRequest request) => new()
    {
        GracePeriodSeconds = QueryValues.Number(request.Query, "gracePeriodSeconds"),
        OrphanDependents = QueryValues.OptionalFlag(request.Query, "orphanDependents"),
        PropagationPolicy = request.Query.ContainsKey("propagationPolicy") ? QueryValues.Text(request.Query, "propagationPolicy") : null,
        DryRun = [.. request.Query["dryRun"].Select(value => value ?? "")],
    };

    private static DeleteOptions Decode(HttpRequest request, ReadOnlyMemory<byte> body)
    {
        var mediaType = BodyReader.MediaTypeOf(request);
        try
        {
            if (mediaType == MediaType.Protobuf)
            {
                var reader = new ProtobufReader(ProtobufEnvelope.Open(body).Message.Span);
                return DeleteOptions.ReadProtobuf(ref reader);
            }

            var json = JsonUnicode.Repair(mediaType == MediaType.Yaml ? ReadYaml(body) : body);
            if (TypeMetaReader.Read(json.Span, static why => new StatusException(Statuses.Unknown(500, why))) is { Kind: not ("" or "DeleteOptions") } given)
            {
                throw new StatusException(Statuses.Unknown(500, $"no kind \"{given.Kind}\" is registered for version \"{given.ApiVersion}\" in scheme \"pkg/apis/meta/internalversion/scheme/register.go:28\""));
            }

            var problems = new DecodeProblems();
            var options = JsonDecoder.Decode<DeleteOptions>(json.Span, problems);
            return problems.TypeError is null ? options : throw new StatusException(Statuses.Unknown(500, problems.TypeError));
        }
        catch (JsonException bad)
        {
            throw new StatusException(Statuses.Unknown(500, "couldn't get version/kind; json parse error: " + GoJsonError.Describe(bad, body.Span)));
        }
        catch (ProtobufException bad)
        {
            throw new StatusException(Statuses.Unknown(500, bad.Message));
        }
    }

    private static ReadOnlyMemory<byte> ReadYaml(ReadOnlyMemory<byte> body) =>
        YamlBodies.TryRead(body.Span, out var json, out var error) ? json : throw new StatusException(Statuses.Unknown(500, error));

    private static void Validate(DeleteOptions options)
    {
        var errors = new FieldErrors();
        if (options.PropagationPolicy is not null && options.OrphanDependents is not null)
        {
            errors.Invalid(FieldPath.Root.Child("propagationPolicy"), options.PropagationPolicy, "orphanDependents and deletionPropagation cannot be both set");
        }

        if (options.PropagationPolicy is not (null or "Foreground" or "Background" or "Orphan"))
        {
            errors.NotSupported(FieldPath.Root.Child("propagationPolicy"), options.PropagationPolicy, ["Foreground", "Background", "Orphan", "nil"]);
        }

        WriteOptions.ValidateDryRun(options.DryRun, errors);

        if (errors.Count > 0)
        {
            throw new StatusException(Statuses.Invalid("meta.k8s.io", "DeleteOptions", "", errors));
        }
    }
}
