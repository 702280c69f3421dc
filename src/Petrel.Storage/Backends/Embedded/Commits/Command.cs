namespace Petrel.Storage.Backends.Embedded.Commits;

/// <summary>One change waiting to be committed. The committer applies it to a draft, makes the draft durable, then completes it.</summary>
internal abstract class Command
{
    /// <summary>About how many bytes of log the command takes.</summary>
    public abstract int EstimatedBytes { get; }

    /// <summary>True when the command reads what an earlier command of the same batch could have changed outside the draft.</summary>
    public virtual bool RunsAlone => false;

    /// <summary>Evaluates the command. Touches nothing but the draft.</summary>
    public abstract void Apply(Draft draft);

    /// <summary>The draft is durable and visible.</summary>
    public abstract void Complete();

    /// <summary>The draft is dropped: nothing happened.</summary>
    public abstract void Fail(Exception reason);
}
