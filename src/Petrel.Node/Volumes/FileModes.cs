namespace Petrel.Node.Volumes;

/// <summary>Permission bits of files whose source states none (API field defaultMode).</summary>
internal static class FileModes
{
    public const int Default = 420; // octal 0644

    /// <summary>Of what is for one user alone.</summary>
    public const int Private = 384; // octal 0600
}
