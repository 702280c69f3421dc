using Xunit;

namespace Petrel.ApiServer.Tests.Registry;

/// <summary>Labels of field selectors that a kind does not have; upstream words the refusal in three ways.</summary>
public sealed class FieldSelectorTests
{
    [Theory]
    [InlineData("/api/v1/namespaces/default/pods", "spec.foo", "field label not supported: spec.foo")]
    [InlineData("/api/v1/namespaces/default/configmaps", "spec.foo", "\"spec.foo\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"")]
    [InlineData("/apis/apps/v1/namespaces/default/replicasets", "status.replicas", "\"status.replicas\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"")]
    [InlineData("/api/v1/namespaces/default/configmaps", "", "\"\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"")]
    [InlineData("/api/v1/nodes", "metadata.namespace", "field label not supported: metadata.namespace")]
    [InlineData("/apis/batch/v1/namespaces/default/jobs", "spec.foo", "field label \"spec.foo\" not supported for Job")]
    [InlineData("/apis/events.k8s.io/v1/namespaces/default/events", "involvedObject.name", "field label not supported: involvedObject.name")]
    public async Task An_unknown_label_is_refused(string path, string label, string message)
    {
        await using var server = await TestServer.StartAsync();
        var (code, status) = await server.Admin.SendAsync("GET", $"{path}?fieldSelector={label}%3Dx");
        Assert.Equal((400, "BadRequest", message), (code, status.Text("reason"), status.Text("message")));
    }

    [Theory]
    [InlineData("/api/v1/namespaces/default/replicationcontrollers", "status.replicas")]
    [InlineData("/apis/batch/v1/namespaces/default/jobs", "status.successful")]
    [InlineData("/apis/events.k8s.io/v1/namespaces/default/events", "regarding.name")]
    [InlineData("/api/v1/persistentvolumes", "metadata.namespace")]
    [InlineData("/apis/rbac.authorization.k8s.io/v1/clusterroles", "metadata.namespace")]
    public async Task A_label_of_the_kind_is_accepted(string path, string label)
    {
        await using var server = await TestServer.StartAsync();
        var (code, list) = await server.Admin.SendAsync("GET", $"{path}?fieldSelector={label}%3D0");
        Assert.Equal((200, "[]"), (code, list.Text("items")));
    }
}
