using System.Diagnostics;

namespace Petrel.Program.Tests;

/// <summary>A cluster that <c>petrel up</c> started on a <see cref="Machine"/>, with the test image imported, shared by the tests of a collection.</summary>
public sealed class Cluster : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("petrel-cluster-").FullName;
    private Machine? _machine;

    /// <summary>What <c>petrel up</c> said.</summary>
    public string UpOutput { get; private set; } = "";

    private Machine Machine => _machine ?? throw new InvalidOperationException("the cluster is not up");

    private Dictionary<string, string> Environment => new() { ["KUBECONFIG"] = Path.Combine(_directory, "admin.conf"), ["HOME"] = _directory };

    public async Task InitializeAsync()
    {
        if (ClusterFactAttribute.Missing is not null)
        {
            return;
        }

        _machine = await Machine.CreateAsync();
        UpOutput = (await PetrelAsync("up")).Succeeded();
        var archive = Path.Combine(_directory, "busybox.tar");
        TestImage.Write(archive);
        (await PetrelAsync("images", ["import", archive])).Succeeded();
    }

    public async Task DisposeAsync()
    {
        if (_machine is not null)
        {
            (await PetrelAsync("down", "--purge")).Succeeded();
            await _machine.DisposeAsync();
        }

        if (Directory.Exists(_directory))
        {
            Directory.Delete(_directory, recursive: true);
        }
    }

    /// <summary>Runs a command of petrel for this cluster.</summary>
    public Task<CommandResult> PetrelAsync(string command, params IReadOnlyList<string> arguments) =>
        Machine.RunAsync(null, Environment, [Repository.Launcher, command, .. arguments, "--name", Machine.Name, "--data-dir", _directory]);

    /// <summary>Runs kubectl as the administrator.</summary>
    public Task<CommandResult> KubectlAsync(string? input, params IReadOnlyList<string> arguments) =>
        Machine.RunAsync(input, Environment, ["kubectl", .. arguments]);

    /// <summary>Runs one of <see cref="KubectlVersions"/> as the administrator.</summary>
    public Task<CommandResult> VersionAsync(string program, string? input, params IReadOnlyList<string> arguments) =>
        Machine.RunAsync(input, Environment, [KubectlVersions.PathOf(program), .. arguments]);

    /// <summary>Starts kubectl, which goes on until it is killed.</summary>
    public Process StartKubectl(params IReadOnlyList<string> arguments) =>
        RunningProcess.Start(Environment, "nsenter", Machine.Command(["kubectl", .. arguments]));

    /// <summary>Runs any program on the cluster's machine.</summary>
    public Task<CommandResult> OnMachineAsync(params IReadOnlyList<string> command) => Machine.RunAsync(null, Environment, command);

    /// <summary>Ends the server without warning, as a power cut would, and leaves everything else as it is.</summary>
    public async Task KillServerAsync()
    {
        var id = int.Parse((await File.ReadAllTextAsync(Path.Combine(_directory, "server.process"))).Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        using var server = Process.GetProcessById(id);
        server.Kill();
        await server.WaitForExitAsync();
    }

    /// <summary>A namespace of the test's own.</summary>
    public async Task<string> NewNamespaceAsync(string name)
    {
        (await KubectlAsync(null, "create", "namespace", name)).Succeeded();
        return name;
    }
}

[CollectionDefinition(Name)]
public sealed class ClusterTests : ICollectionFixture<Cluster>
{
    public const string Name = "cluster";
}
