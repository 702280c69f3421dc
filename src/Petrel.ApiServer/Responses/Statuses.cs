using Petrel.Api.Meta;
using Petrel.Api.Patch;
using Petrel.Api.Resources;
using Petrel.Api.Validation;

namespace Petrel.ApiServer.Responses;

/// <summary>The error answers of the API, one function per reason, in upstream's words (apimachinery api/errors).</summary>
public static class Statuses
{
    public static Status Failure(int code, string reason, string message, StatusDetails? details = null) =>
        new() { StatusValue = "Failure", Code = code, Reason = reason, Message = message, Details = details };

    public static Status BadRequest(string message) => Failure(400, "BadRequest", message);

    public static Status Unauthorized() => Failure(401, "Unauthorized", "Unauthorized");

    public static Status NotFound(GroupResource resource, string name) =>
        Failure(404, "NotFound", $"{resource} \"{name}\" not found", Details(resource, name));

    /// <summary>The path names a resource or subresource that does not exist.</summary>
    public static Status ResourceNotFound() => Failure(404, "NotFound", "the server could not find the requested resource", new StatusDetails());

    public static Status AlreadyExists(GroupResource resource, string name) =>
        Failure(409, "AlreadyExists", $"{resource} \"{name}\" already exists", Details(resource, name));

    public static Status Conflict(GroupResource resource, string name, string message) =>
        Failure(409, "Conflict", $"Operation cannot be fulfilled on {resource} \"{name}\": {message}", Details(resource, name));

    /// <summary>The conflict of optimistic locking.</summary>
    public static Status Modified(GroupResource resource, string name) =>
        Conflict(resource, name, "the object has been modified; please apply your changes to the latest version and try again");

    public static Status Forbidden(GroupResource resource, string name, string message)
    {
        var text = resource.Resource.Length == 0 ? $"forbidden: {message}"
            : name.Length == 0 ? $"{resource} is forbidden: {message}"
            : $"{resource} \"{name}\" is forbidden: {message}";
        return Failure(403, "Forbidden", text, Details(resource, name));
    }

    public static Status MethodNotAllowed(string action) =>
        Failure(405, "MethodNotAllowed", $"the server does not allow this method on the requested resource", new StatusDetails()) with { Message = action };

    public static Status Invalid(string group, string kind, string name, FieldErrors errors)
    {
        var qualified = group.Length == 0 ? kind : kind + "." + group;
        var causes = errors.Errors.Select(error => new StatusCause { Reason = error.Type, Message = error.Message, Field = error.Field });
        return Failure(422, "Invalid", $"{qualified} \"{name}\" is invalid: {errors.Aggregate()}", new StatusDetails
        {
            Name = name,
            Group = group,
            Kind = kind,
            Causes = [.. causes],
        });
    }

    public static Status UnsupportedMediaType(string message) => Failure(415, "UnsupportedMediaType", message);

    public static Status NotAcceptable(string message) => Failure(406, "NotAcceptable", message);

    public static Status RequestEntityTooLarge(string message) => Failure(413, "RequestEntityTooLarge", message);

    public static Status Expired(string message) => Failure(410, "Expired", message);

    public static Status Gone(string message) => Failure(410, "Gone", message);

    public static Status InternalError(string message) =>
        Failure(500, "InternalError", $"Internal error occurred: {message}", new StatusDetails { Causes = [new StatusCause { Message = message }] });

    /// <summary>An internal error without a reason, as upstream gives for plain errors.</summary>
    public static Status Unknown(int code, string message) => Failure(code, "", message);

    public static Status Timeout(string message, int retryAfterSeconds) =>
        Failure(504, "Timeout", message, new StatusDetails { RetryAfterSeconds = retryAfterSeconds });

    public static Status ServiceUnavailable(string message) => Failure(503, "ServiceUnavailable", message);

    public static Status TooManyRequests(string message, int retryAfterSeconds) =>
        Failure(429, "TooManyRequests", message, new StatusDetails { RetryAfterSeconds = retryAfterSeconds });

    /// <summary>The answer to a patch that was refused.</summary>
    public static Status Of(PatchFailure failure)
    {
        var causes = failure.Causes.Select(static cause => new StatusCause { Reason = cause.Reason, Message = cause.Message, Field = cause.Field });
        var details = failure.Causes.Count > 0 ? new StatusDetails { Causes = [.. causes] } : failure.HasDetails ? StatusDetails.Empty : null;
        return Failure(failure.Code, failure.Reason, failure.Message, details);
    }

    /// <summary>The resourceVersion asked for has not happened yet.</summary>
    public static Status TooLargeResourceVersion(long asked, long current) =>
        Failure(504, "Timeout", $"Timeout: Too large resource version: {asked}, current: {current}", new StatusDetails
        {
            Causes = [new StatusCause { Reason = "ResourceVersionTooLarge", Message = "Too large resource version" }],
            RetryAfterSeconds = 1,
        });

    public static Status Success(GroupResource resource, string name, string uid) =>
        new() { StatusValue = "Success", Details = new StatusDetails { Name = name, Group = resource.Group, Kind = resource.Resource, Uid = uid } };

    private static StatusDetails Details(GroupResource resource, string name) =>
        new() { Name = name, Group = resource.Group, Kind = resource.Resource };
}
