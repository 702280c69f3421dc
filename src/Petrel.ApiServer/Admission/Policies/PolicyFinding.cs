using Petrel.Api.Resources;

namespace Petrel.ApiServer.Admission.Policies;

/// <summary>A reason to refuse a request.</summary>
/// <param name="Message">What the client is told.</param>
/// <param name="Reason">Forbidden, Invalid or RequestEntityTooLarge.</param>
internal readonly record struct PolicyFinding(string Message, string Reason = "Invalid")
{
    /// <summary>The request does not meet the policy, and nothing is wrong with that itself.</summary>
    public const string NoError = "no_error";

    /// <summary>What is wrong with the policy, as metrics name it.</summary>
    public string ErrorType { get; init; } = NoError;

    /// <summary>How long it took to find.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The policy says that its own problems do not count.</summary>
    public bool IsIgnored { get; init; }

    /// <summary>What is found when the policy cannot see the object in the version of its rules.</summary>
    public static string Unconverted(ConversionException problem) => "failed to convert object version: " + problem.Message;
}
