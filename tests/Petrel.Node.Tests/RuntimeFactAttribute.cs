using Xunit;

namespace Petrel.Node.Tests;

/// <summary>A test with a real containerd; skipped, saying so, where there is none or the user may not run it.</summary>
public sealed class RuntimeFactAttribute : FactAttribute
{
    private static readonly string[] Programs = ["/usr/bin/containerd", "/usr/bin/ctr", "/usr/sbin/runc", "/usr/lib/cni/ptp", "/bin/busybox"];

    public RuntimeFactAttribute()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            Skip = "needs root";
        }
        else if (Programs.Where(program => !File.Exists(program)).ToList() is { Count: > 0 } missing)
        {
            Skip = $"needs {string.Join(", ", missing)}: apt-get install containerd runc containernetworking-plugins busybox-static";
        }
    }
}
