using Petrel.Client.Api;
using Petrel.Client.Http;

namespace Petrel.Program.Setup;

/// <summary>Waits until a node is ready and answers.</summary>
/// <param name="tell">Called with each new reason why it is not ready yet.</param>
internal sealed class NodeReadiness(HttpApi api, string name, TimeProvider time, Action<string> tell)
{
    private static readonly TimeSpan AnswerPause = TimeSpan.FromMilliseconds(50);

    // An agent that was just started is not listening yet, which is nothing to worry anybody with.
    private static readonly TimeSpan UsualStart = TimeSpan.FromSeconds(3);

    private string _told = "";

    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        await WaitForConditionAsync(cancellationToken);
        // The condition may be what an agent before this one has said: only the node's own answer tells that it works now.
        var since = time.GetTimestamp();
        while (await HealthAsync(cancellationToken) is { } problem)
        {
            if (time.GetElapsedTime(since) > UsualStart)
            {
                Tell(problem);
            }

            await Task.Delay(AnswerPause, time, cancellationToken);
        }
    }

    /// <summary>As <c>kubectl wait --for=condition=Ready node/NAME</c> does.</summary>
    private async Task WaitForConditionAsync(CancellationToken cancellationToken)
    {
        var self = new ListOptions { FieldSelector = "metadata.name=" + name };
        while (true)
        {
            // The watch begins with the node as it is, if it is there, and ends now and then.
            await foreach (var change in api.WatchAsync<Api.Core.Node>(null, self, cancellationToken))
            {
                if (change.Type is not ("ADDED" or "MODIFIED"))
                {
                    continue;
                }

                var ready = change.Object.Status.Conditions.FirstOrDefault(static condition => condition.Type == "Ready");
                if (ready?.Status == "True")
                {
                    return;
                }

                if (ready?.Message is { Length: > 0 } message)
                {
                    Tell(message);
                }
            }
        }
    }

    /// <summary>Why the node's own API does not answer through the API server; null when it does.</summary>
    private async Task<string?> HealthAsync(CancellationToken cancellationToken)
    {
        try
        {
            TypedApi.ThrowIfError(await api.SendAsync(new ApiRequest("GET", $"/api/v1/nodes/{name}/proxy/healthz"), cancellationToken));
            return null;
        }
        catch (ApiException e)
        {
            return $"node {name} does not answer yet: {e.Message}";
        }
    }

    private void Tell(string what)
    {
        if (what != _told)
        {
            tell(_told = what);
        }
    }
}
