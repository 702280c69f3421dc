namespace Petrel.ApiServer.Admission.Matching;

/// <summary>Whether conditions hold for a request.</summary>
/// <param name="Matches">All hold.</param>
/// <param name="Error">Some could not be evaluated, and none of the others is false; empty otherwise.</param>
internal readonly record struct ConditionsOutcome(bool Matches, string Error);
