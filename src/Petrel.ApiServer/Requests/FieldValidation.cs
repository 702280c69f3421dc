using Microsoft.AspNetCore.Http;
using Petrel.Api.Json;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Requests;

/// <summary>The fieldValidation parameter: what happens to unknown and duplicate fields of a body.</summary>
internal static class FieldValidation
{
    /// <summary>Refuses (Strict), warns about (Warn, the default) or ignores the strict problems of a body.</summary>
    /// <param name="refuse">Makes the error from the text "strict decoding error: …".</param>
    /// <exception cref="StatusException">The error of <paramref name="refuse"/>, or 422 for an unknown mode.</exception>
    public static void Apply(HttpContext context, DecodeProblems problems, Func<string, StatusException> refuse)
    {
        var mode = ModeOf(context.Request);
        if (problems.Strict.Count == 0 || mode == "Ignore")
        {
            return;
        }

        if (mode == "Strict")
        {
            throw refuse("strict decoding error: " + string.Join(", ", problems.Strict));
        }

        foreach (var problem in problems.Strict)
        {
            RequestContext.Of(context).Warn(problem);
        }
    }

    /// <summary>The same for what strict reading of an apply configuration found; null when nothing.</summary>
    /// <exception cref="StatusException">400 in strict mode.</exception>
    public static void ApplyYaml(HttpContext context, string? strictError)
    {
        var mode = ModeOf(context.Request);
        if (strictError is null || mode == "Ignore")
        {
            return;
        }

        var text = "error converting YAML to JSON: " + strictError;
        if (mode == "Strict")
        {
            throw new StatusException(Statuses.BadRequest("error strict decoding YAML: " + text));
        }

        RequestContext.Of(context).Warn(text);
    }

    /// <summary>Ignore, Warn or Strict.</summary>
    public static string ModeOf(HttpRequest request) => QueryValues.Text(request.Query, "fieldValidation") switch
    {
        "" => "Warn",
        var mode => mode,
    };
}
