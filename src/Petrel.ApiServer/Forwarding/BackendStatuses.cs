using Petrel.Api.Meta;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Forwarding;

/// <summary>The Status that stands for an error answer of a backend (apimachinery api/errors, generic server response).</summary>
internal static class BackendStatuses
{
    /// <param name="resource">What was asked for, e.g. pods/log.</param>
    /// <param name="text">The backend's own words, shown where upstream shows them.</param>
    public static Status Of(int code, string resource, string name, string text)
    {
        var (reason, message) = code switch
        {
            401 => ("Unauthorized", "the server has asked for the client to provide credentials"),
            403 => ("Forbidden", text),
            404 => ("NotFound", "the server could not find the requested resource"),
            405 => ("MethodNotAllowed", "the server does not allow this method on the requested resource"),
            409 => ("Conflict", "the server reported a conflict"),
            422 => ("Invalid", "the server rejected our request due to an error in our request"),
            429 => ("TooManyRequests", "the server has received too many requests and has asked us to try again later"),
            503 => ("ServiceUnavailable", "the server is currently unable to handle the request"),
            504 => ("Timeout", "the server was unable to return a response in the time allotted, but may still be processing the request"),
            >= 500 => ("InternalError", $"an error on the server ({Api.Validation.FieldErrors.Quote(text)}) has prevented the request from succeeding"),
            _ => ("", $"the server responded with the status code {code} but did not return more information"),
        };

        // The gap is the verb, which upstream leaves empty here.
        return Statuses.Failure(code, reason, $"{message} ( {resource} {name})", new StatusDetails { Name = name, Kind = resource });
    }
}
