using Petrel.Api.Core;
using Petrel.Node.Pods;
using Xunit;
using Cri = Petrel.Grpc.Cri;

namespace Petrel.Node.Tests.Pods;

public sealed class SecuritySettingsTests
{
    private static readonly Container Plain = new() { Name = "c" };
    private static readonly Pod Pod = new() { Metadata = new() { Name = "p", Namespace = "ns", Uid = "u" } };

    [Fact]
    public void A_container_overrides_its_pod()
    {
        var pod = Pod with { Spec = new() { SecurityContext = new() { RunAsUser = 1, RunAsGroup = 2, FsGroup = 3, SupplementalGroups = [4] } } };
        var settings = SecuritySettings.OfContainer(pod, Plain with { SecurityContext = new() { RunAsUser = 5, AllowPrivilegeEscalation = false, ReadOnlyRootFilesystem = true } }, new Cri.Image());

        Assert.Equal((5, 2, true, true), (settings.RunAsUser.Value, settings.RunAsGroup.Value, settings.NoNewPrivs, settings.ReadonlyRootfs));
        Assert.Equal([4, 3], settings.SupplementalGroups);
        Assert.Contains("/proc/kcore", settings.MaskedPaths);
        Assert.Empty(SecuritySettings.OfContainer(pod, Plain with { SecurityContext = new() { Privileged = true } }, new Cri.Image()).MaskedPaths);
    }

    [Fact]
    public void The_images_user_counts_when_nobody_names_one()
    {
        Assert.Equal(7, SecuritySettings.OfContainer(Pod, Plain, new Cri.Image { Uid = new() { Value = 7 } }).RunAsUser.Value);
        Assert.Equal("web", SecuritySettings.OfContainer(Pod, Plain, new Cri.Image { Username = "web" }).RunAsUsername);
    }

    [Fact]
    public void Root_is_refused_where_it_is_forbidden()
    {
        const string About = "(pod: \"p_ns(u)\", container: c)";
        var nonRoot = Plain with { SecurityContext = new() { RunAsNonRoot = true } };
        var root = new Cri.Image { Uid = new() { Value = 0 } };

        Assert.Null(SecuritySettings.RootProblem(Pod, Plain, root));
        Assert.Equal("container has runAsNonRoot and image will run as root " + About, SecuritySettings.RootProblem(Pod, nonRoot, root));
        Assert.Equal("container has runAsNonRoot and image has non-numeric user (web), cannot verify user is non-root " + About, SecuritySettings.RootProblem(Pod, nonRoot, new Cri.Image { Username = "web" }));
        Assert.Equal("container's runAsUser breaks non-root policy " + About, SecuritySettings.RootProblem(Pod, Plain with { SecurityContext = new() { RunAsNonRoot = true, RunAsUser = 0 } }, new Cri.Image()));
        Assert.Null(SecuritySettings.RootProblem(Pod, Plain with { SecurityContext = new() { RunAsNonRoot = true, RunAsUser = 9 } }, root));
    }
}
