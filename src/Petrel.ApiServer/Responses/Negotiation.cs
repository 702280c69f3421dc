using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Petrel.Api.Resources;
using Petrel.ApiServer.Requests;

namespace Petrel.ApiServer.Responses;

/// <summary>Chooses the format of the answer from the Accept header (RFC 9110, 12.5.1; Kubernetes "as", "v", "g" parameters).</summary>
internal static class Negotiation
{
    private const string CustomMediaTypes = "application/json, application/yaml";
    private const string MediaTypes = CustomMediaTypes + ", application/vnd.kubernetes.protobuf";

    /// <summary>Media ranges considered; the rest of a hostile header is ignored.</summary>
    private const int RangesMax = 32;

    /// <param name="allowProjections">False where only whole objects exist (subresources without a table, errors).</param>
    /// <exception cref="StatusException">406 when nothing acceptable can be made.</exception>
    public static ResponseFormat Of(HttpRequest request, bool allowProjections = true) => Of(request, allowProjections, allowProtobuf: true);

    /// <summary>The format of an answer with objects of a type. Custom objects have no protobuf form, only what is projected from them has.</summary>
    /// <exception cref="StatusException">406 when nothing acceptable can be made.</exception>
    public static ResponseFormat Of(HttpRequest request, ResourceType type) => Of(request, allowProjections: true, allowProtobuf: !type.IsCustom);

    private static ResponseFormat Of(HttpRequest request, bool allowProjections, bool allowProtobuf)
    {
        var pretty = QueryValues.Flag(request.Query, "pretty");
        var accept = request.Headers.Accept;
        if (accept.Count == 0 || accept.All(string.IsNullOrWhiteSpace))
        {
            return new ResponseFormat(MediaType.Json, Projection.None, "", pretty);
        }

        if (MediaTypeHeaderValue.TryParseList(accept, out var ranges))
        {
            foreach (var range in ranges.Take(RangesMax).OrderByDescending(range => range.Quality ?? 1))
            {
                if (Match(range, allowProjections) is { } format && (allowProtobuf || format.MediaType != MediaType.Protobuf || format.Projection != Projection.None))
                {
                    return format with { Pretty = pretty || (range.Parameters.FirstOrDefault(p => p.Name.Value == "pretty")?.Value.Value == "1") };
                }
            }
        }

        // A known media type in a form that there is not.
        if (ranges is not null && ranges.Any(static range => MediaTypeOf(range) is not null))
        {
            throw new StatusException(Statuses.NotAcceptable("only the following media types are accepted: " + (allowProtobuf ? MediaTypes : CustomMediaTypes)));
        }

        throw new StatusException(Statuses.NotAcceptable("406: Not Acceptable\n\nAvailable representations: " + MediaTypes) with { Details = Api.Meta.StatusDetails.Empty });
    }

    /// <summary>Like <see cref="Of(HttpRequest, bool)"/>, but for errors: what cannot be met is answered in JSON.</summary>
    public static ResponseFormat ForStatus(HttpRequest request)
    {
        try
        {
            return Of(request, allowProjections: true) with { Projection = Projection.None };
        }
        catch (StatusException)
        {
            return new ResponseFormat(MediaType.Json, Projection.None, "", Pretty: false);
        }
    }

    private static MediaType? MediaTypeOf(MediaTypeHeaderValue range) => range.MediaType.Value switch
    {
        "*/*" or "application/json" => MediaType.Json,
        "application/yaml" => MediaType.Yaml,
        "application/vnd.kubernetes.protobuf" => MediaType.Protobuf,
        _ => null,
    };

    private static ResponseFormat? Match(MediaTypeHeaderValue range, bool allowProjections)
    {
        var mediaType = MediaTypeOf(range);
        if (mediaType is null || range.Quality == 0)
        {
            return null;
        }

        string Parameter(string name) => range.Parameters.FirstOrDefault(parameter => parameter.Name.Value == name)?.Value.Value ?? "";
        var projection = Parameter("as");
        if (projection.Length == 0)
        {
            return new ResponseFormat(mediaType.Value, Projection.None, "", Pretty: false);
        }

        var version = Parameter("v");
        if (!allowProjections || Parameter("g") != "meta.k8s.io" || version is not ("v1" or "v1beta1") || !Enum.TryParse<Projection>(projection, out var wanted) || wanted == Projection.None)
        {
            return null;
        }

        // Tables have no protobuf form; upstream refuses them as well.
        return wanted == Projection.Table && mediaType == MediaType.Protobuf ? null : new ResponseFormat(mediaType.Value, wanted, version, Pretty: false);
    }
}
