namespace Petrel.Cel.Libraries;

/// <summary>The authorizer's answer.</summary>
/// <param name="Error">What went wrong; empty when nothing did.</param>
public sealed record AuthorizationAnswer(bool IsAllowed, string Reason, string Error);
