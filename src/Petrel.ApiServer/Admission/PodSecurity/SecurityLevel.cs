namespace Petrel.ApiServer.Admission.PodSecurity;

/// <summary>The levels of the Pod Security Standards, from no rules to the strictest.</summary>
internal enum SecurityLevel
{
    Privileged,
    Baseline,
    Restricted,
}
