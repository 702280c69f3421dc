using Petrel.Api.Resources;

namespace Petrel.ApiServer.Admission.Policies;

/// <summary>A reason to refuse a request.</summary>
/// <param name="Message">What the client is told.</param>
/// <param name="Reason">Forbidden, Invalid or RequestEntityTooLarge.</param>
internal readonly record struct PolicyFinding(string Message, string Reason = "Invalid")
{
    /// <summary>What is found when the policy cannot see the object in the version of its rules.</summary>
    public static string Unconverted(ConversionException problem) => "failed to convert object version: " + problem.Message;
}
