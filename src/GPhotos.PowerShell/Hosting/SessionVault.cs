using System.Collections;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Net;
using System.Security;
using GPhotos.Core.Profiles;

namespace GPhotos.PowerShell.Hosting;

/// <summary>
/// The user's vaults, through whatever bears the names Get-Secret, Set-Secret and Remove-Secret where the cmdlet was called: the commands of
/// SecretManagement, or the user's own. To be used on the pipeline thread only.
/// </summary>
/// <remarks>See https://learn.microsoft.com/powershell/utility-modules/secretmanagement.</remarks>
internal sealed class SessionVault(PSCmdlet cmdlet) : ISecretVault
{
    // An application of the name would be handed the words "System.Security.SecureString".
    private const CommandTypes Callable = CommandTypes.Alias | CommandTypes.Function | CommandTypes.Filter | CommandTypes.Cmdlet;

    // What is told without ending the command is a failure, too.
    private const string Script = "param($command, $parameters) $ErrorActionPreference = 'Stop'; & $command @parameters 2>&1";

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    // SecretManagement has one runspace for all vaults of a process: a second call at once fails in it.
    private static readonly Lock OneCall = new();

    /// <inheritdoc/>
    public void Check(string vault) => CommandNamed("Set-Secret", vault);

    /// <inheritdoc/>
    public string? Read(string vault, string name)
    {
        object?[] answer = Call("Get-Secret", vault, name) is { } found ? [.. found.Select(o => o?.BaseObject).Where(o => o is not null)] : [];
        return answer switch
        {
            [] => null,
            [SecureString secret] => new NetworkCredential("", secret).Password,
            [string text] => text,
            [{ } other] => throw new VaultFailedException(
                $"The vault '{vault}' gave a {other.GetType().Name} for the secret '{name}', not the SecureString that was put there.", vault),
            _ => throw new VaultFailedException(
                $"The vault '{vault}' gave {answer.Length} objects for the secret '{name}', not the one SecureString that was put there.", vault),
        };
    }

    /// <inheritdoc/>
    public void Write(string vault, string name, string text)
    {
        // Not disposed: the vault may keep the object itself.
        SecureString secret = new NetworkCredential("", text).SecurePassword;
        secret.MakeReadOnly();
        if (Call("Set-Secret", vault, name, secret) is null)
        {
            throw new VaultFailedException($"The vault '{vault}' has no place for the secret '{name}'.", vault);
        }
    }

    /// <inheritdoc/>
    public void Remove(string vault, string name) => Call("Remove-Secret", vault, name);

    // Null where the vault says that there is no such item.
    private Collection<PSObject>? Call(string name, string vault, string secretName, SecureString? secret = null)
    {
        CommandInfo command = CommandNamed(name, vault);
        Collection<PSObject> answer;
        Exception? thrown = null;
        Enter();
        try
        {
            answer = cmdlet.InvokeCommand.InvokeScript(
                useLocalScope: true, ScriptBlock.Create(Script), input: null, command, ParametersOf(command, vault, secretName, secret));
        }
        catch (RuntimeException e) when (e is not PipelineStoppedException)
        {
            thrown = e;
            answer = [PSObject.AsPSObject(e.ErrorRecord)];
        }
        finally
        {
            OneCall.Exit();
        }

        if (answer.Select(o => o?.BaseObject).OfType<ErrorRecord>().FirstOrDefault() is not { } error)
        {
            return answer;
        }

        // Where it stands depends on whether it was written or thrown, and by a function or a cmdlet.
        return new[] { error.Exception, thrown, thrown?.InnerException }.Any(e => e is ItemNotFoundException)
            ? null
            : throw new VaultFailedException($"{name} failed for the secret '{secretName}' of the vault '{vault}': {error}", vault, error.Exception);
    }

    private static Hashtable ParametersOf(CommandInfo command, string vault, string secretName, SecureString? secret)
    {
        Hashtable parameters = new() { ["Name"] = secretName, ["Vault"] = vault, ["ErrorAction"] = ActionPreference.Stop };
        if (secret is not null)
        {
            parameters["Secret"] = secret;
        }

        // They were asked for the sign-in: with those that the session may have set, the secret would be left out without a word.
        foreach (string asked in new[] { "WhatIf", "Confirm" })
        {
            if (((command as AliasInfo)?.ResolvedCommand ?? command).Parameters?.ContainsKey(asked) == true)
            {
                parameters[asked] = false;
            }
        }

        return parameters;
    }

    private CommandInfo CommandNamed(string command, string vault)
    {
        try
        {
            return cmdlet.InvokeCommand.GetCommand(command, Callable)
                ?? throw new VaultFailedException($"There is no command {command} in this session, so the vault '{vault}' cannot be asked.", vault);
        }
        catch (CommandNotFoundException e)
        {
            // A module that has the command but does not load.
            throw new VaultFailedException($"The command {command} cannot be used, so the vault '{vault}' cannot be asked: {e.Message}", vault, e);
        }
    }

    // A vault may be waiting for its password in another runspace: Ctrl+C must end this wait.
    private void Enter()
    {
        while (!OneCall.TryEnter(Tick))
        {
            if (cmdlet.Stopping)
            {
                throw new PipelineStoppedException();
            }
        }
    }
}
