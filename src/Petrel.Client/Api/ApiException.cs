using Petrel.Api.Meta;

namespace Petrel.Client.Api;

/// <summary>The API answered with an error Status.</summary>
public sealed class ApiException(Status status) : Exception(status.Message)
{
    public Status Status { get; } = status;

    public int Code => Status.Code;

    /// <summary>Machine-readable reason, e.g. AlreadyExists.</summary>
    public string Reason => Status.Reason;

    public bool IsNotFound => Reason == "NotFound";

    public bool IsAlreadyExists => Reason == "AlreadyExists";

    /// <summary>The object was changed by another writer since it was read.</summary>
    public bool IsConflict => Reason == "Conflict";

    /// <summary>The revision asked for is no longer known: list again.</summary>
    public bool IsExpired => Code == 410;

    /// <summary>Another object of the namespace cannot be created because the namespace is going away.</summary>
    public bool IsNamespaceTerminating => Code == 403 && Status.Details is { } details && details.Causes.Any(cause => cause.Reason == "NamespaceTerminating");
}
