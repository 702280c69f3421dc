namespace Petrel.Api.Patch;

/// <summary>Why a patch was refused, as the Status to answer with.</summary>
/// <param name="Code">HTTP code.</param>
/// <param name="Reason">Status reason; empty for the 500s that upstream answers without one.</param>
/// <param name="Message">Upstream's message.</param>
/// <param name="HasDetails">The Status carries an empty <c>details</c>.</param>
public sealed record PatchFailure(int Code, string Reason, string Message, bool HasDetails = false)
{
    /// <summary>The causes to put into the Status details.</summary>
    public IReadOnlyList<PatchFailureCause> Causes { get; init; } = [];

    public static PatchFailure BadRequest(string message) => new(400, "BadRequest", message);

    public static PatchFailure TooLarge(string message) => new(413, "RequestEntityTooLarge", "Request entity too large: " + message);

    /// <summary>The operations do not fit the object; upstream does not say which.</summary>
    public static PatchFailure Unprocessable { get; } = new(422, "Invalid", "the server rejected our request due to an error in our request", HasDetails: true);

    /// <summary>The text for a body that is JSON, but no object.</summary>
    public static string Mismatch(Json.JsonTree body) => $"json: cannot unmarshal {GoText.Kind(body)} into Go value of type map[string]interface {{}}";

    /// <summary>A patch that upstream's server chokes on.</summary>
    public static PatchFailure Internal(string message) => new(500, string.Empty, message);
}

/// <summary>One cause of a failure, as in Status details.</summary>
public sealed record PatchFailureCause(string Reason, string Message, string Field);
