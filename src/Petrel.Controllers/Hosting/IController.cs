namespace Petrel.Controllers.Hosting;

/// <summary>A loop that makes the cluster look as its objects say. Runs until cancelled, and converges from any state.</summary>
public interface IController
{
    /// <summary>Upstream's name, e.g. <c>deployment-controller</c>.</summary>
    string Name { get; }

    /// <summary>Subscribes to what it follows. Called once, before informers start.</summary>
    void Setup();

    /// <summary>Works from when the informers have synced until cancelled.</summary>
    Task RunAsync(CancellationToken cancellationToken);
}
