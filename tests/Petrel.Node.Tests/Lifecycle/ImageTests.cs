using Petrel.Api.Core;
using Xunit;
using Xunit.Abstractions;

namespace Petrel.Node.Tests.Lifecycle;

[Collection(ContainerdTests.Name)]
public sealed class ImageTests(ContainerdFixture containerd, ITestOutputHelper output)
{
    private static Container Of(string image, string policy) => RunningNode.Shell("main", "exit 0") with { Image = image, ImagePullPolicy = policy };

    [RuntimeFact]
    public async Task An_image_that_cannot_be_pulled_is_told_and_backs_off()
    {
        await using var node = await RunningNode.StartAsync(containerd, output);
        // Nobody listens on the discard port.
        await node.CreateAsync("pull", static spec => spec, Of("127.0.0.1:9/nothing:1", "IfNotPresent"));
        var pod = await node.UntilAsync("pull", static pod => pod.Status.ContainerStatuses is [{ State.Waiting.Reason: "ErrImagePull" }]);
        Assert.Contains("failed to pull and unpack image \"127.0.0.1:9/nothing:1\"", pod.Status.ContainerStatuses[0].State.Waiting!.Message, StringComparison.Ordinal);
        pod = await node.UntilAsync("pull", static pod => pod.Status.ContainerStatuses is [{ State.Waiting.Reason: "ImagePullBackOff" }]);
        Assert.StartsWith("Back-off pulling image \"127.0.0.1:9/nothing:1\": ErrImagePull: ", pod.Status.ContainerStatuses[0].State.Waiting!.Message, StringComparison.Ordinal);
        await node.UntilEventAsync("pull", "Pulling", "Pulling image \"127.0.0.1:9/nothing:1\"");
        await node.UntilEventAsync("pull", "Failed", "Failed to pull image \"127.0.0.1:9/nothing:1\": ");
        await node.UntilEventAsync("pull", "Failed", "Error: ErrImagePull");
        await node.UntilEventAsync("pull", "BackOff", "Back-off pulling image \"127.0.0.1:9/nothing:1\"");
        await node.UntilEventAsync("pull", "Failed", "Error: ImagePullBackOff");
    }

    [RuntimeFact]
    public async Task A_policy_of_never_and_a_name_that_is_none_are_told_as_such()
    {
        await using var node = await RunningNode.StartAsync(containerd, output);
        await node.CreateAsync("never", static spec => spec, Of("localhost/nothing:1", "Never"));
        await node.CreateAsync("name", static spec => spec, Of("Local/Busybox", "IfNotPresent"));
        var never = await node.UntilAsync("never", static pod => pod.Status.ContainerStatuses is [{ State.Waiting.Reason: "ErrImageNeverPull" }]);
        Assert.Equal("Container image \"localhost/nothing:1\" is not present with pull policy of Never", never.Status.ContainerStatuses[0].State.Waiting!.Message);
        var name = await node.UntilAsync("name", static pod => pod.Status.ContainerStatuses is [{ State.Waiting.Reason: "InvalidImageName" }]);
        Assert.StartsWith("Failed to apply default image tag \"Local/Busybox\": couldn't parse image name", name.Status.ContainerStatuses[0].State.Waiting!.Message, StringComparison.Ordinal);
        await node.UntilEventAsync("name", "InspectFailed", "invalid reference format");
    }
}
