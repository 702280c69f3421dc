using Xunit;

namespace Petrel.Dns.Tests;

/// <summary>A test that runs dig (Debian package dnsutils), and is skipped where that is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DigFactAttribute : FactAttribute
{
    public const string Path = "/usr/bin/dig";

    public DigFactAttribute()
    {
        if (!File.Exists(Path))
        {
            Skip = $"{Path} is not installed (Debian package dnsutils).";
        }
    }
}
