namespace Petrel.ApiServer.Admission.PodSecurity;

/// <summary>A control of the Pod Security Standards.</summary>
/// <param name="Id">Upstream's name, by which controls of a level are ordered.</param>
/// <param name="Level">The least strict level that it belongs to.</param>
/// <param name="Versions">How it was defined, by the version from which on; oldest first.</param>
internal sealed record PodCheck(string Id, SecurityLevel Level, params (int Since, Func<CheckedPod, CheckFailure?> Check)[] Versions)
{
    /// <summary>The control of a less strict level that this one makes superfluous.</summary>
    public string Overrides { get; init; } = "";

    /// <summary>The definition of a version; null before there was one.</summary>
    public Func<CheckedPod, CheckFailure?>? At(int minor) => Versions.LastOrDefault(version => version.Since <= minor).Check;
}

/// <summary>What a pod does against a control.</summary>
/// <param name="Reason">The control in few words.</param>
/// <param name="Detail">Who does it, and what; may be empty.</param>
internal sealed record CheckFailure(string Reason, string Detail)
{
    public override string ToString() => Detail.Length == 0 ? Reason : $"{Reason} ({Detail})";
}
