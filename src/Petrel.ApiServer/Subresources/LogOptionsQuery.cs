using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Petrel.Api;
using Petrel.Api.Validation;
using Petrel.ApiServer.Requests;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Subresources;

/// <summary>PodLogOptions in a query (core/v1): checked here, so that clients get a Status, and passed on to the node's agent.</summary>
internal static class LogOptionsQuery
{
    private const string NotPositive = "must be greater than 0";

    private static readonly string[] Flags = ["follow", "previous", "timestamps"];
    private static readonly string[] Values = ["sinceSeconds", "sinceTime", "tailLines", "limitBytes"];

    /// <summary>The query for the agent.</summary>
    /// <param name="pod">Name of the pod, for errors.</param>
    /// <exception cref="StatusException">400 for what cannot be read, 422 for what makes no sense.</exception>
    public static string Read(IQueryCollection query, string pod)
    {
        var (tail, limit, seconds) = (QueryValues.Number(query, "tailLines"), QueryValues.Number(query, "limitBytes"), QueryValues.Number(query, "sinceSeconds"));
        var since = QueryValues.Text(query, "sinceTime");
        if (since.Length > 0 && !ApiTime.TryParse(since, out _, out var unparsable))
        {
            throw new StatusException(Statuses.BadRequest(unparsable));
        }

        Validate(query, pod, tail, limit, seconds, since);
        var parameters = new QueryBuilder();
        foreach (var flag in Flags.Where(flag => QueryValues.Flag(query, flag)))
        {
            parameters.Add(flag, "true");
        }

        foreach (var name in Values)
        {
            if (QueryValues.Text(query, name) is { Length: > 0 } text)
            {
                parameters.Add(name, text);
            }
        }

        return parameters.ToString();
    }

    private static void Validate(IQueryCollection query, string pod, long? tail, long? limit, long? seconds, string since)
    {
        var errors = new FieldErrors();
        if (tail < 0)
        {
            errors.Invalid(FieldPath.Root.Child("tailLines"), tail, "must be greater than or equal to 0");
        }

        if (limit < 1)
        {
            errors.Invalid(FieldPath.Root.Child("limitBytes"), limit, NotPositive);
        }

        if (seconds is not null && since.Length > 0)
        {
            errors.Forbidden(FieldPath.Root.Key(""), "at most one of `sinceTime` or `sinceSeconds` may be specified");
        }
        else if (seconds < 1)
        {
            errors.Invalid(FieldPath.Root.Child("sinceSeconds"), seconds, NotPositive);
        }

        // Only with the feature PodLogsQuerySplitStreams, which is off in v1.33.
        if (query.ContainsKey("stream"))
        {
            errors.Forbidden(FieldPath.Root.Child("stream"), "may not be specified");
        }

        if (errors.Count > 0)
        {
            throw new StatusException(Statuses.Invalid("", "PodLogOptions", pod, errors));
        }
    }
}
