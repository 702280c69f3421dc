namespace Petrel.ApiServer.Authorization;

/// <summary>An authorizer's answer.</summary>
/// <param name="Verdict">What it says.</param>
/// <param name="Reason">Why, for people; clients see it in reviews and refusals.</param>
/// <param name="EvaluationError">What went wrong on the way to the answer, which counts nevertheless; empty normally.</param>
public readonly record struct Decision(Verdict Verdict, string Reason = "", string EvaluationError = "")
{
    public bool IsAllowed => Verdict == Verdict.Allow;

    public static Decision Allow(string reason = "") => new(Verdict.Allow, reason);

    public static Decision NoOpinion(string reason = "") => new(Verdict.NoOpinion, reason);
}

/// <summary>The possible answers.</summary>
public enum Verdict
{
    /// <summary>Ask the next authorizer; from the last one it means no.</summary>
    NoOpinion,
    Allow,

    /// <summary>No, and nobody else is asked.</summary>
    Deny,
}
