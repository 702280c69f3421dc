using Petrel.Client.Api;

namespace Petrel.Program.Setup;

/// <summary>Waits for a node as <c>kubectl wait --for=condition=Ready node/NAME</c> does.</summary>
internal static class NodeReadiness
{
    /// <param name="tell">Called with each new reason why it is not ready yet.</param>
    public static async Task WaitAsync(IApi api, string name, Action<string> tell, CancellationToken cancellationToken)
    {
        var said = "";
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

                if (ready?.Message is { Length: > 0 } message && message != said)
                {
                    tell(said = message);
                }
            }
        }
    }
}
