namespace Petrel.Api.ApiExtensions;

/// <summary>Whether a kind in a protected group was approved.</summary>
public enum ApiApprovalState
{
    Missing,
    Invalid,

    /// <summary>Its author says that it was not.</summary>
    Bypassed,
    Approved,
}
