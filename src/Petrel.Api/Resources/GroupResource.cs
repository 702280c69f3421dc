namespace Petrel.Api.Resources;

/// <summary>Names a resource regardless of version, e.g. <c>deployments.apps</c>.</summary>
public readonly record struct GroupResource(string Group, string Resource)
{
    public override string ToString() => Group.Length == 0 ? Resource : Resource + "." + Group;
}
