using Petrel.Api;
using Petrel.Api.Authentication;
using Petrel.Api.Coordination;
using Petrel.Api.Core;
using Petrel.Api.Meta;
using Petrel.ApiServer.Tests.Subresources;
using Petrel.Client.Api;
using Xunit;

namespace Petrel.ApiServer.Tests.Admission;

public sealed class NodeRestrictionTests : IAsyncLifetime
{
    private TestServer? _server;
    private Node? _node;

    private TestServer Server => _server!;

    private IApi Agent => Server.Server.As(Components.Node("n1"), "kubelet");

    public async Task InitializeAsync()
    {
        _server = await PodCase.StartAsync();
        await Server.Admin.CreateAsync(new Node { Metadata = new ObjectMeta { Name = "n2" } }, CancellationToken.None);
        _node = await Agent.CreateAsync(
            new Node { Metadata = new ObjectMeta { Name = "n1", Labels = ApiMap.FromPairs(("kubernetes.io/os", "linux"), ("example.com/any", "x")) } }, CancellationToken.None);
    }

    public async Task DisposeAsync() => await Server.DisposeAsync();

    [Fact]
    public async Task A_node_registers_itself_only_and_without_labels_that_attract_workloads()
    {
        await RefusedAsync("nodes \"n3\" is forbidden: node \"n1\" is not allowed to modify node \"n3\"", Agent.CreateAsync(new Node { Metadata = new ObjectMeta { Name = "n3" } }, CancellationToken.None));
        var other = Server.Server.As(Components.Node("n4"), "kubelet");
        var labels = ApiMap.FromPairs(("node-restriction.kubernetes.io/pci", "yes"), ("node-role.kubernetes.io/control-plane", ""), ("node.kubernetes.io/kind", "x"));
        await RefusedAsync(
            "nodes \"n4\" is forbidden: node \"n4\" is not allowed to set the following labels: node-restriction.kubernetes.io/pci, node-role.kubernetes.io/control-plane",
            other.CreateAsync(new Node { Metadata = new ObjectMeta { Name = "n4", Labels = labels } }, CancellationToken.None));
    }

    [Fact]
    public async Task A_node_keeps_its_taints_and_restricted_labels()
    {
        var node = await Agent.GetAsync<Node>(null, "n1", CancellationToken.None);
        await RefusedAsync("nodes \"n1\" is forbidden: node \"n1\" is not allowed to modify taints", Agent.UpdateAsync(node with { Spec = node.Spec with { Taints = default } }, CancellationToken.None));
        await RefusedAsync(
            "nodes \"n1\" is forbidden: is not allowed to modify labels: node-role.kubernetes.io/x",
            Agent.UpdateAsync(node with { Metadata = node.Metadata with { Labels = node.Metadata.Labels.With("node-role.kubernetes.io/x", "") } }, CancellationToken.None));
        await Agent.UpdateAsync(node with { Metadata = node.Metadata with { Labels = node.Metadata.Labels.With("topology.kubernetes.io/zone", "a") } }, CancellationToken.None);
        node = await Agent.GetAsync<Node>(null, "n1", CancellationToken.None);
        await Agent.UpdateStatusAsync(node with { Status = node.Status with { Phase = "Running" } }, CancellationToken.None);
    }

    [Fact]
    public async Task Only_pods_of_the_node_get_a_status_or_are_deleted_or_evicted_by_it()
    {
        var mine = await Server.CreateAsync("mine", "n1");
        var theirs = await Server.CreateAsync("theirs", "n2");
        await Agent.UpdateStatusAsync(mine with { Status = mine.Status with { Phase = "Running" } }, CancellationToken.None);
        await RefusedAsync(
            "pods \"theirs\" is forbidden: node \"n1\" can only update pod status for pods with spec.nodeName set to itself",
            Agent.UpdateStatusAsync(theirs with { Status = theirs.Status with { Phase = "Running" } }, CancellationToken.None));
        mine = await Server.Admin.GetAsync<Pod>("default", "mine", CancellationToken.None);
        await RefusedAsync(
            "pods \"mine\" is forbidden: node \"n1\" cannot update labels through pod status",
            Agent.UpdateStatusAsync(mine with { Metadata = mine.Metadata with { Labels = ApiMap.FromPairs(("a", "b")) } }, CancellationToken.None));
        await RefusedAsync(
            "pods \"theirs\" is forbidden: node \"n1\" can only delete pods with spec.nodeName set to itself",
            Agent.DeleteAsync<Pod>("default", "theirs", null, CancellationToken.None));
        await RefusedAsync(
            "pods \"theirs\" is forbidden: node n1 can only evict pods with spec.nodeName set to itself",
            Agent.CreateSubresourceAsync<Pod>("default", "theirs", "eviction", new Petrel.Api.Policy.Eviction { Metadata = new ObjectMeta { Name = "theirs" } }, CancellationToken.None));
        await Agent.DeleteAsync<Pod>("default", "mine", new DeleteOptions { GracePeriodSeconds = 0 }, CancellationToken.None);
    }

    [Fact]
    public async Task A_node_creates_nothing_but_images_of_its_own_pods()
    {
        await RefusedAsync(
            "pods \"p\" is forbidden: pod does not have \"kubernetes.io/config.mirror\" annotation, node \"n1\" can only create mirror pods",
            MirrorAsync(pod => pod with { Metadata = pod.Metadata with { Annotations = default } }));
        await RefusedAsync("pods \"p\" is forbidden: node \"n1\" can only create pods with spec.nodeName set to itself", MirrorAsync(pod => pod with { Spec = pod.Spec with { NodeName = "n2" } }));
        await RefusedAsync(
            "pods \"p\" is forbidden: node \"n1\" can only create pods with an owner reference set to itself",
            MirrorAsync(pod => pod with { Metadata = pod.Metadata with { OwnerReferences = default } }));
        await RefusedAsync(
            $"pods \"p\" is forbidden: node n1 UID mismatch: expected other got {_node!.Metadata.Uid}",
            MirrorAsync(pod => pod with { Metadata = pod.Metadata with { OwnerReferences = [pod.Metadata.OwnerReferences[0] with { Uid = "other" }] } }));
        await RefusedAsync(
            "pods \"p\" is forbidden: node \"n1\" can not create pods that reference secrets",
            MirrorAsync(pod => pod with { Spec = pod.Spec with { Volumes = [new Volume { Name = "v", Secret = new SecretVolumeSource { SecretName = "s" } }] } }));
        await MirrorAsync(pod => pod);
    }

    [Fact]
    public async Task A_node_has_one_lease_and_tokens_for_its_pods_only()
    {
        await Agent.CreateAsync(Lease("n1"), CancellationToken.None);
        await RefusedAsync(
            "leases.coordination.k8s.io \"n2\" is forbidden: can only access node lease with the same name as the requesting node", Agent.CreateAsync(Lease("n2"), CancellationToken.None));

        var pod = await Server.CreateAsync("p", "n1");
        await UntilItGetsATokenAsync(pod).WaitAsync(TimeSpan.FromSeconds(60));
        await RefusedAsync("serviceaccounts \"default\" is forbidden: node requested token not bound to a pod", TokenAsync(null, ""));
        await RefusedAsync(
            "serviceaccounts \"default\" is forbidden: audience \"vault\" not found in pod spec volume, system:node:n1 is not authorized to request tokens for this audience", TokenAsync(pod, "vault"));
    }

    // The authorizer learns of a pod from the store, a moment after it was created.
    [Fact]
    public async Task A_node_has_one_list_of_storage_drivers()
    {
        await Agent.CreateAsync(new Api.Storage.CSINode { Metadata = new ObjectMeta { Name = "n1" } }, CancellationToken.None);
        await RefusedAsync(
            "csinodes.storage.k8s.io \"n2\" is forbidden: can only access CSINode with the same name as the requesting node",
            Agent.CreateAsync(new Api.Storage.CSINode { Metadata = new ObjectMeta { Name = "n2" } }, CancellationToken.None));
    }

    [Theory]
    [InlineData("CN=system:node:n1,O=system:nodes", true)]
    [InlineData("CN=system:node:n2,O=system:nodes", false)]
    public async Task A_node_asks_for_certificates_in_its_own_name_only(string subject, bool isAllowed)
    {
        using var key = System.Security.Cryptography.ECDsa.Create();
        var pem = new System.Security.Cryptography.X509Certificates.CertificateRequest(subject, key, System.Security.Cryptography.HashAlgorithmName.SHA256).CreateSigningRequestPem();
        var call = Agent.CreateAsync(
            new Api.Certificates.CertificateSigningRequest
            {
                Metadata = new ObjectMeta { Name = "csr" },
                Spec = new() { Request = Binary.FromUtf8(pem), SignerName = "kubernetes.io/kubelet-serving", Usages = ["digital signature", "server auth"] },
            },
            CancellationToken.None);
        if (isAllowed)
        {
            await call;
            return;
        }

        await RefusedAsync("certificatesigningrequests.certificates.k8s.io \"csr\" is forbidden: can only create a node CSR with CN=system:node:n1", call);
    }

    private async Task UntilItGetsATokenAsync(Pod pod)
    {
        while (true)
        {
            try
            {
                await TokenAsync(pod, "");
                return;
            }
            catch (ApiException notYet) when (notYet.Message.Contains("no relationship found", StringComparison.Ordinal))
            {
                await Task.Yield();
            }
        }
    }

    private Task<ReadOnlyMemory<byte>> TokenAsync(Pod? pod, string audience) => Agent.CreateSubresourceAsync<ServiceAccount>(
        "default",
        "default",
        "token",
        new TokenRequest
        {
            Spec = new TokenRequestSpec
            {
                Audiences = audience.Length == 0 ? default : [audience],
                BoundObjectRef = pod is null ? null : new BoundObjectReference { ApiVersion = "v1", Kind = "Pod", Name = pod.Metadata.Name, Uid = pod.Metadata.Uid },
            },
        },
        CancellationToken.None);

    private Task<Pod> MirrorAsync(Func<Pod, Pod> change) => Agent.CreateAsync(
        change(new Pod
        {
            Metadata = new ObjectMeta
            {
                Namespace = "default",
                Name = "p",
                Annotations = ApiMap.FromPairs(("kubernetes.io/config.mirror", "x")),
                OwnerReferences = [new OwnerReference { ApiVersion = "v1", Kind = "Node", Name = "n1", Uid = _node!.Metadata.Uid, Controller = true }],
            },
            Spec = new PodSpec { NodeName = "n1", Containers = [new Container { Name = "c", Image = "i" }] },
        }),
        CancellationToken.None);

    private static Lease Lease(string name) => new() { Metadata = new ObjectMeta { Namespace = "kube-node-lease", Name = name } };

    private static async Task RefusedAsync(string message, Task call) => Assert.Equal(message, (await Assert.ThrowsAsync<ApiException>(() => call)).Message);
}
