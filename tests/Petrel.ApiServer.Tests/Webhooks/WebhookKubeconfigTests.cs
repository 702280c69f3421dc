using System.Text.Json;
using Petrel.ApiServer.Admission.Webhooks;
using Petrel.ApiServer.Webhooks;
using Xunit;

namespace Petrel.ApiServer.Tests.Webhooks;

public class WebhookKubeconfigTests
{
    [Theory]
    [InlineData("hook.default.svc", 443, "Bearer exact")]
    [InlineData("hook.default.svc", 8443, "Bearer port")]
    [InlineData("other.default.svc", 443, "Bearer suffix")]
    [InlineData("a.b.example.com", 443, "Basic bjpw")]
    [InlineData("elsewhere.org", 443, "Bearer others")]
    public void Users_are_found_by_the_servers_name(string host, int port, string authorization)
    {
        var credential = Credentials("""
            apiVersion: v1
            kind: Config
            users:
            - {name: hook.default.svc, user: {token: exact}}
            - {name: "hook.default.svc:8443", user: {token: port}}
            - {name: "*.default.svc", user: {token: suffix}}
            - {name: "*.example.com", user: {username: n, password: p}}
            - {name: "*", user: {token: others}}
            """).Of(host, port);
        Assert.Equal(authorization, credential.Authorization!());
    }

    [Fact]
    public void The_user_of_the_current_context_is_for_those_without_their_own()
    {
        var credentials = Credentials("{current-context: c, contexts: [{name: c, context: {user: u}}], users: [{name: u, user: {token: t}}]}");
        Assert.Equal("Bearer t", credentials.Of("anywhere", 443).Authorization!());
    }

    [Theory]
    [InlineData("""{"apiVersion": "apiserver.config.k8s.io/v1", "kind": "WebhookAdmissionConfiguration", "kubeConfigFile": "relative"}""", "must be an absolute file path")]
    [InlineData("""{"apiVersion": "v1", "kind": "ConfigMap"}""", "WebhookAdmissionConfiguration in apiserver.config.k8s.io/v1")]
    [InlineData("""{"apiVersion": "apiserver.config.k8s.io/v1", "kind": "WebhookAdmissionConfiguration", "kubeConfigFile": "/does/not/exist"}""", "/does/not/exist")]
    public void Settings_that_cannot_be_used_are_refused(string settings, string problem) =>
        Assert.Contains(problem, Assert.Throws<FormatException>(() => WebhookSettings.Credentials(JsonDocument.Parse(settings).RootElement)).Message, StringComparison.Ordinal);

    private static IWebhookCredentials Credentials(string kubeconfig)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("petrel-webhooks-").FullName, "kubeconfig");
        File.WriteAllText(path, kubeconfig);
        return WebhookSettings.Credentials(JsonDocument.Parse(JsonSerializer.Serialize(new
        {
            apiVersion = "apiserver.config.k8s.io/v1",
            kind = "WebhookAdmissionConfiguration",
            kubeConfigFile = path,
        })).RootElement);
    }
}
