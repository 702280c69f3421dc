namespace Petrel.Program.Setup;

/// <summary>Running nodes takes the rights of root: cgroups, mounts, network.</summary>
internal static class RootUser
{
    /// <exception cref="SetupException">This process has another user.</exception>
    public static void Require()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            throw new SetupException("a node needs the rights of root for cgroups, mounts and networks: run it with sudo");
        }
    }
}
