namespace Petrel.Node.Serving;

/// <summary>What a user must be allowed for one request.</summary>
/// <param name="Subresources">Of the node; any one of them suffices.</param>
internal sealed record NodeAccess(string User, string Verb, IReadOnlyList<string> Subresources)
{
    /// <summary>In kubelet's words.</summary>
    public string Refusal => $"Forbidden (user={User}, verb={Verb}, resource=nodes, subresource(s)=[{string.Join(' ', Subresources)}])\n";

    public string Failure => $"Authorization error (user={User}, verb={Verb}, resource=nodes, subresource(s)=[{string.Join(' ', Subresources)}])";
}
