using System.Text.Json;
using Petrel.ApiServer.Tests.Subresources;
using Xunit;

namespace Petrel.ApiServer.Tests.Admission;

public sealed class PodAdmissionTests
{
    [Theory]
    [InlineData("\"volumes\":[{\"name\":\"v\",\"secret\":{\"secretName\":\"no\"}}]", "", "volume with secret.secretName=\"no\" is not allowed because service account strict does not reference that secret")]
    [InlineData("\"imagePullSecrets\":[{\"name\":\"no\"}]", "", "imagePullSecrets[0].name=\"no\" is not allowed because service account strict does not reference that imagePullSecret")]
    [InlineData("\"hostPID\":false", ",\"env\":[{\"name\":\"A\",\"valueFrom\":{\"secretKeyRef\":{\"name\":\"no\",\"key\":\"k\"}}}]", "container c with envVar A referencing secret.secretName=\"no\" is not allowed because service account strict does not reference that secret")]
    [InlineData("\"hostPID\":false", ",\"envFrom\":[{\"secretRef\":{\"name\":\"no\"}}]", "container c with envFrom referencing secret.secretName=\"no\" is not allowed because service account strict does not reference that secret")]
    [InlineData("\"preemptionPolicy\":\"Never\"", "", "the string value of PreemptionPolicy (Never) must not be provided in pod spec; priority admission controller computed PreemptLowerPriority from the given PriorityClass name")]
    public async Task What_a_pod_may_not_use_is_named(string spec, string container, string why)
    {
        await using var server = await PodCase.StartAsync();
        await server.SendAsync(
            "POST",
            "/api/v1/namespaces/default/serviceaccounts",
            """{"metadata":{"name":"strict","annotations":{"kubernetes.io/enforce-mountable-secrets":"true"}},"secrets":[{"name":"ok"}]}""");
        var body = """{"metadata":{"name":"p"},"spec":{"serviceAccountName":"strict","containers":[{"name":"c","image":"i"CONTAINER}],SPEC}}"""
            .Replace("CONTAINER", container, StringComparison.Ordinal)
            .Replace("SPEC", spec, StringComparison.Ordinal);
        var answer = await server.SendAsync("POST", "/api/v1/namespaces/default/pods", body);
        using var status = JsonDocument.Parse(answer.Text);
        Assert.Equal((403, "pods \"p\" is forbidden: " + why), (answer.Code, status.RootElement.GetProperty("message").GetString()));
    }

    [Fact]
    public async Task Secrets_that_the_account_names_are_used_freely()
    {
        await using var server = await PodCase.StartAsync();
        await server.SendAsync(
            "POST",
            "/api/v1/namespaces/default/serviceaccounts",
            """{"metadata":{"name":"strict","annotations":{"kubernetes.io/enforce-mountable-secrets":"true"}},"secrets":[{"name":"ok"}]}""");
        var answer = await server.SendAsync(
            "POST",
            "/api/v1/namespaces/default/pods",
            """{"metadata":{"name":"p"},"spec":{"serviceAccountName":"strict","containers":[{"name":"c","image":"i"}],"volumes":[{"name":"v","secret":{"secretName":"ok"}}]}}""");
        Assert.Equal(201, answer.Code);
    }
}
