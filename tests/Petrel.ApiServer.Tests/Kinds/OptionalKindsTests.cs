using System.Text;
using System.Text.Json.Nodes;
using Petrel.Api.Features;
using Petrel.ApiServer.Hosting;
using Petrel.ApiServer.Pki;
using Petrel.ApiServer.Registry;
using Xunit;

namespace Petrel.ApiServer.Tests.Kinds;

/// <summary>Kinds and versions that are served only when they are asked for.</summary>
public sealed class OptionalKindsTests : IAsyncLifetime
{
    private TestServer? _server;
    private HttpClient? _client;

    private HttpClient Client => _client!;

    public async Task InitializeAsync()
    {
        _server = await TestServer.StartAsync(serverOptions: new ApiServerOptions
        {
            Features = FeatureGates.Parse("AllAlpha=true,AllBeta=true"),
            RuntimeConfiguration = RuntimeConfiguration.Parse("api/all=true"),
        });
        _client = TestServer.Client(await _server.ListenAsync(), TestServer.Pki.Authority.IssueAdmin());
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await _server!.DisposeAsync();
    }

    [Fact]
    public async Task An_object_is_the_same_in_every_version_and_says_which_one_was_asked_for()
    {
        const string Class = """{"apiVersion": "storage.k8s.io/v1alpha1", "kind": "VolumeAttributesClass", "metadata": {"name": "fast"}, "driverName": "d.example.com", "parameters": {"iops": "9"}}""";

        var (created, warning) = await SendAsync(HttpMethod.Post, "/apis/storage.k8s.io/v1alpha1/volumeattributesclasses", Class);
        var (read, none) = await SendAsync(HttpMethod.Get, "/apis/storage.k8s.io/v1beta1/volumeattributesclasses/fast");
        var (list, _) = await SendAsync(HttpMethod.Get, "/apis/storage.k8s.io/v1alpha1/volumeattributesclasses");

        Assert.Equal("storage.k8s.io/v1alpha1", created.Text("apiVersion"));
        Assert.Equal("storage.k8s.io/v1alpha1", created["metadata"]!["managedFields"]![0]!.Text("apiVersion"));
        Assert.Equal("299 - \"storage.k8s.io/v1alpha1 VolumeAttributesClass is deprecated in v1.32+, unavailable in v1.35+\"", warning);
        Assert.Equal(("storage.k8s.io/v1beta1", created.Text("metadata", "uid")), (read.Text("apiVersion"), read.Text("metadata", "uid")));
        Assert.Equal("", none);
        Assert.Equal(("storage.k8s.io/v1alpha1", "fast"), (list.Text("apiVersion"), list["items"]![0]!.Text("metadata", "name")));
    }

    [Fact]
    public async Task A_patch_in_another_version_changes_the_same_object()
    {
        await SendAsync(HttpMethod.Post, "/apis/coordination.k8s.io/v1alpha2/namespaces/default/leasecandidates", """
            {"metadata": {"name": "c"}, "spec": {"leaseName": "l", "binaryVersion": "1.33.0", "emulationVersion": "1.32.0", "strategy": "OldestEmulationVersion"}}
            """);

        var (patched, _) = await SendAsync(
            HttpMethod.Patch, "/apis/coordination.k8s.io/v1beta1/namespaces/default/leasecandidates/c", """{"spec": {"binaryVersion": "1.34.0"}}""", "application/merge-patch+json");

        Assert.Equal(("1.34.0", "coordination.k8s.io/v1beta1"), (patched.Text("spec", "binaryVersion"), patched.Text("apiVersion")));
    }

    [Theory]
    [InlineData("/api/v1/endpoints", "299 - \"v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice\"")]
    [InlineData("/api/v1/componentstatuses", "299 - \"v1 ComponentStatus is deprecated in v1.19+\"")]
    [InlineData("/apis/admissionregistration.k8s.io/v1beta1/validatingadmissionpolicies", "299 - \"admissionregistration.k8s.io/v1beta1 ValidatingAdmissionPolicy is deprecated in v1.31+, unavailable in v1.34+\"")]
    [InlineData("/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies", "")]
    public async Task Deprecated_kinds_and_versions_warn(string path, string warning) => Assert.Equal(warning, (await SendAsync(HttpMethod.Get, path)).Warning);

    [Theory]
    [InlineData(
        "/apis/coordination.k8s.io/v1beta1/namespaces/default/leasecandidates",
        """{"spec": {"leaseName": "l", "binaryVersion": "1.30.0-rc.1", "emulationVersion": "1.30.0", "strategy": "Best"}}""",
        "spec.binaryVersion Invalid value: \"1.30.0-rc.1\": must be greater than or equal to `emulationVersion`",
        "spec.strategy Unsupported value: \"Best\": supported values: \"OldestEmulationVersion\"")]
    [InlineData(
        "/apis/certificates.k8s.io/v1beta1/clustertrustbundles",
        """{"spec": {"signerName": "example.com/s", "trustBundle": "none"}}""",
        "metadata.name Invalid value: \"a\": ClusterTrustBundle for signerName example.com/s must be named with prefix example.com:s:",
        "spec.trustBundle Invalid value: \"<value omitted>\": at least one trust anchor must be provided")]
    [InlineData(
        "/apis/storage.k8s.io/v1beta1/volumeattributesclasses",
        """{"driverName": "_"}""",
        "driverName Invalid value: \"_\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
        "parameters Required value: must contain at least one key/value pair")]
    [InlineData(
        "/apis/internal.apiserver.k8s.io/v1alpha1/storageversions",
        """{"spec": {}}""",
        "metadata.name Invalid value: \"a\": name must be in the form of <group>.<resource>")]
    [InlineData(
        "/apis/storagemigration.k8s.io/v1alpha1/storageversionmigrations",
        """{"spec": {"resource": {"group": "apps"}}}""",
        "spec.resource.resource Required value: resource is required",
        "spec.resource.version Required value: version is required")]
    public async Task What_is_wrong_is_told_in_full(string path, string body, params string[] problems)
    {
        var named = JsonNode.Parse(body)!;
        named["metadata"] = new JsonObject { ["name"] = "a" };

        var (answer, _) = await SendAsync(HttpMethod.Post, path, named.ToJsonString());

        Assert.Equal(problems, answer["details"]!["causes"]!.AsArray().Select(static cause => $"{cause!["field"]} {cause["message"]}"));
    }

    [Fact]
    public async Task Storage_versions_must_agree_before_they_are_called_common()
    {
        const string Path = "/apis/internal.apiserver.k8s.io/v1alpha1/storageversions";
        await SendAsync(HttpMethod.Post, Path, """{"metadata": {"name": "apps.deployments"}, "spec": {}}""");

        var (refused, _) = await SendAsync(HttpMethod.Patch, Path + "/apps.deployments/status", """
            {"status": {"commonEncodingVersion": "apps/v1", "storageVersions": [
              {"apiServerID": "a", "encodingVersion": "apps/v1", "decodableVersions": ["apps/v1"]}, {"apiServerID": "b", "encodingVersion": "apps/v2", "decodableVersions": ["apps/v2"]}]}}
            """, "application/merge-patch+json");

        Assert.Equal("status.commonEncodingVersion", refused["details"]!["causes"]![0]!.Text("field"));
    }

    [Fact]
    public async Task Discovery_names_every_version_the_stable_one_first()
    {
        var (group, _) = await SendAsync(HttpMethod.Get, "/apis/admissionregistration.k8s.io");

        Assert.Equal(["v1", "v1beta1", "v1alpha1"], group["versions"]!.AsArray().Select(static version => version!.Text("version")));
        Assert.Equal("v1", group.Text("preferredVersion", "version"));
    }

    private async Task<(JsonNode Body, string Warning)> SendAsync(HttpMethod method, string path, string? body = null, string contentType = "application/json")
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, contentType) };
        using var response = await Client.SendAsync(request);
        var warning = response.Headers.TryGetValues("Warning", out var warnings) ? string.Join('\n', warnings) : "";
        return (JsonNode.Parse(await response.Content.ReadAsStringAsync())!, warning);
    }
}
