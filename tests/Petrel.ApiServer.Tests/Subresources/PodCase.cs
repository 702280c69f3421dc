using Petrel.Api.Core;
using Petrel.Api.Meta;
using Petrel.Client.Api;

namespace Petrel.ApiServer.Tests.Subresources;

/// <summary>A server with a pod in namespace default.</summary>
internal static class PodCase
{
    public static async Task<TestServer> StartAsync()
    {
        var server = await TestServer.StartAsync();
        await server.Admin.CreateAsync(new ServiceAccount { Metadata = new ObjectMeta { Namespace = "default", Name = "default" } }, CancellationToken.None);
        return server;
    }

    public static Task<Pod> CreateAsync(this TestServer server, string name, string node = "", params string[] containers) => server.Admin.CreateAsync(
        new Pod
        {
            Metadata = new ObjectMeta { Namespace = "default", Name = name },
            Spec = new PodSpec
            {
                NodeName = node,
                Containers = [.. containers.DefaultIfEmpty("c").Select(container => new Container { Name = container, Image = "i:1" })],
            },
        },
        CancellationToken.None);

    public static async Task<(int Code, string Text)> SendAsync(this TestServer server, string method, string path, string body = "", string type = "application/json")
    {
        var request = new ApiRequest(method, path) { Body = System.Text.Encoding.UTF8.GetBytes(body), ContentType = type };
        var answer = await server.Admin.SendAsync(request, CancellationToken.None);
        return (answer.StatusCode, System.Text.Encoding.UTF8.GetString(answer.Body.Span));
    }
}
