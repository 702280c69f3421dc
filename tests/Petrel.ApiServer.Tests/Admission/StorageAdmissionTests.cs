using System.Text.Json;
using Petrel.ApiServer.Tests.Subresources;
using Xunit;

namespace Petrel.ApiServer.Tests.Admission;

public sealed class StorageAdmissionTests
{
    private const string Claims = "/api/v1/namespaces/default/persistentvolumeclaims";
    private const string Classes = "/apis/storage.k8s.io/v1/storageclasses";

    [Fact]
    public async Task A_claim_without_a_class_gets_the_default_one()
    {
        await using var server = await TestServer.StartAsync();
        await CreateAsync(server, Classes, """{"metadata":{"name":"plain"},"provisioner":"a/b"}""");
        var before = await CreateAsync(server, Claims, Claim("before", "1Gi"));
        await CreateAsync(server, Classes, """{"metadata":{"name":"usual","annotations":{"storageclass.kubernetes.io/is-default-class":"true"}},"provisioner":"a/b"}""");
        var after = await CreateAsync(server, Claims, Claim("after", "1Gi"));
        var none = await CreateAsync(server, Claims, Claim("none", "1Gi", ""));
        var annotated = await CreateAsync(server, Claims, Claim("annotated", "1Gi").Replace(
            "\"name\"", "\"annotations\":{\"volume.beta.kubernetes.io/storage-class\":\"x\"},\"name\"", StringComparison.Ordinal));

        Assert.Equal((null, "usual", "", null), (ClassOf(before), ClassOf(after), ClassOf(none), ClassOf(annotated)));
    }

    [Fact]
    public async Task Volumes_and_claims_are_kept_while_in_use()
    {
        await using var server = await TestServer.StartAsync();
        var claim = await CreateAsync(server, Claims, Claim("c", "1Gi"));
        var volume = await CreateAsync(server, "/api/v1/persistentvolumes", """{"metadata":{"name":"v"},"spec":{"capacity":{"storage":"1Gi"},"accessModes":["ReadWriteOnce"],"hostPath":{"path":"/x"}}}""");
        Assert.Equal(
            ("kubernetes.io/pvc-protection", "kubernetes.io/pv-protection"),
            (claim.GetProperty("metadata").GetProperty("finalizers")[0].GetString(), volume.GetProperty("metadata").GetProperty("finalizers")[0].GetString()));
        var status = volume.GetProperty("status");
        Assert.Equal("Pending", status.GetProperty("phase").GetString());
        Assert.Equal(volume.GetProperty("metadata").GetProperty("creationTimestamp").GetString(), status.GetProperty("lastPhaseTransitionTime").GetString());
    }

    [Theory]
    [InlineData("fixed", "2Gi", 403, "persistentvolumeclaims \"c\" is forbidden: only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize")]
    [InlineData("growing", "2Gi", 200, null)]
    [InlineData("growing", "500Mi", 422, "PersistentVolumeClaim \"c\" is invalid: spec.resources.requests.storage: Forbidden: field can not be less than status.capacity")]
    public async Task A_bound_claim_grows_where_its_class_allows_it(string className, string size, int code, string? message)
    {
        await using var server = await TestServer.StartAsync();
        await CreateAsync(server, Classes, """{"metadata":{"name":"fixed"},"provisioner":"a/b"}""");
        await CreateAsync(server, Classes, """{"metadata":{"name":"growing"},"provisioner":"a/b","allowVolumeExpansion":true}""");
        await CreateAsync(server, Claims, Claim("c", "1Gi", className));
        await server.SendAsync("PATCH", Claims + "/c/status", """{"status":{"phase":"Bound","capacity":{"storage":"1Gi"}}}""", "application/merge-patch+json");

        var answer = await server.SendAsync("PATCH", Claims + "/c", $$$$$$"""{"spec":{"resources":{"requests":{"storage":"{{{{{{size}}}}}}"}}}}""", "application/merge-patch+json");

        Assert.Equal((code, message), (answer.Code, MessageOf(answer.Text)));
    }

    [Theory]
    [InlineData("1Gi", 201, null)]
    [InlineData("3Gi", 403, "persistentvolumeclaims \"c\" is forbidden: maximum storage usage per PersistentVolumeClaim is 2Gi, but request is 3Gi")]
    [InlineData("500Mi", 403, "persistentvolumeclaims \"c\" is forbidden: minimum storage usage per PersistentVolumeClaim is 1Gi, but request is 500Mi")]
    public async Task Claims_are_held_to_limit_ranges(string size, int code, string? message)
    {
        await using var server = await TestServer.StartAsync();
        await CreateAsync(
            server,
            "/api/v1/namespaces/default/limitranges",
            """{"metadata":{"name":"l"},"spec":{"limits":[{"type":"PersistentVolumeClaim","max":{"storage":"2Gi"},"min":{"storage":"1Gi"}}]}}""");

        var answer = await server.SendAsync("POST", Claims, Claim("c", size));

        Assert.Equal((code, message), (answer.Code, MessageOf(answer.Text)));
    }

    [Theory]
    [InlineData("requests.storage", "gold", "3Gi", "exceeded quota: q, requested: requests.storage=3Gi, used: requests.storage=0, limited: requests.storage=2Gi")]
    [InlineData("gold.storageclass.storage.k8s.io/requests.storage", "gold", "3Gi", "exceeded quota: q, requested: gold.storageclass.storage.k8s.io/requests.storage=3Gi, used: gold.storageclass.storage.k8s.io/requests.storage=0, limited: gold.storageclass.storage.k8s.io/requests.storage=2Gi")]
    [InlineData("gold.storageclass.storage.k8s.io/requests.storage", "silver", "3Gi", null)]
    public async Task Storage_of_claims_is_charged_to_quotas(string resource, string className, string size, string? why)
    {
        await using var server = await TestServer.StartAsync();
        const string Quotas = "/api/v1/namespaces/default/resourcequotas";
        await CreateAsync(server, Quotas, $$$$$$"""{"metadata":{"name":"q"},"spec":{"hard":{"{{{{{{resource}}}}}}":"2Gi"}}}""");
        await server.SendAsync(
            "PATCH", Quotas + "/q/status", $$$$$$"""{"status":{"hard":{"{{{{{{resource}}}}}}":"2Gi"},"used":{"{{{{{{resource}}}}}}":"0"}}}""", "application/merge-patch+json");

        var answer = await server.SendAsync("POST", Claims, Claim("c", size, className));

        Assert.Equal(why is null ? null : "persistentvolumeclaims \"c\" is forbidden: " + why, MessageOf(answer.Text));
    }

    private static string Claim(string name, string size, string? className = null)
    {
        var text = className is null ? "" : $",\"storageClassName\":\"{className}\"";
        return $$$$$$"""{"metadata":{"name":"{{{{{{name}}}}}}"},"spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"{{{{{{size}}}}}}"}}{{{{{{text}}}}}}}}""";
    }

    private static async Task<JsonElement> CreateAsync(TestServer server, string path, string body)
    {
        var answer = await server.SendAsync("POST", path, body);
        Assert.True(answer.Code == 201, answer.Text);
        using var document = JsonDocument.Parse(answer.Text);
        return document.RootElement.Clone();
    }

    private static string? ClassOf(JsonElement claim) => claim.GetProperty("spec").TryGetProperty("storageClassName", out var name) ? name.GetString() : null;

    private static string? MessageOf(string answer)
    {
        using var document = JsonDocument.Parse(answer);
        return document.RootElement.TryGetProperty("message", out var message) ? message.GetString() : null;
    }
}
